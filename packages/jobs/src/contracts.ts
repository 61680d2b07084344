import { z } from "zod";

/** BullMQ queues. */
export const QUEUES = ["notifications", "emails", "broadcasts", "default"] as const;
export type QueueName = (typeof QUEUES)[number];

/**
 * Kinds of outbox rows: the queue that carries each, and its payload. A job's own data is only the row's id, so the
 * truth stays in PostgreSQL; the worker's handler table has one entry a kind or does not compile.
 */
export const OUTBOX_KINDS = {
  /** Delivery of a notification by e-mail. */
  "notification.email": { queue: "emails", payload: z.object({}) },
  /** Delivery of a notification to its reader's open pages. */
  "notification.broadcast": {
    queue: "broadcasts",
    payload: z.object({ user_id: z.number(), seq: z.number(), unread_count: z.number() }),
  },
  /** A change of an inbox that is no new notification. */
  "inbox.changed": {
    queue: "broadcasts",
    payload: z.object({
      user_id: z.number(),
      seq: z.number(),
      unread_count: z.number(),
      op: z.enum(["updated", "deleted", "read_all"]),
      ids: z.array(z.string()),
    }),
  },
  /** Open pages of an ended session leave for the sign-in page; its sockets are closed. */
  "session.ended": { queue: "broadcasts", payload: z.object({ user_session_id: z.string(), reason: z.string() }) },
  /** Sockets that something was needed for which has ended are closed: holders are named by `holderOf`. */
  "sockets.closed": { queue: "broadcasts", payload: z.object({ holders: z.array(z.string()) }) },
  /** OpenID Connect back-channel logout of one client. */
  "oidc.backchannel-logout": {
    queue: "default",
    payload: z.object({ client_id: z.string(), sub: z.string(), sid: z.string() }),
  },
} as const satisfies Record<string, { queue: QueueName; payload: z.ZodType }>;

/** Kinds that go before whatever waits in their queue: who is signed out leaves now, not after ten thousand toasts. */
export const URGENT_KINDS: ReadonlySet<string> = new Set<OutboxKind>(["session.ended", "sockets.closed"]);

/**
 * The queue whose deliveries may come twice without harm: pages know what they are told by its id or number. Its claims and
 * results need not have reached the disk before work goes on.
 */
export const REPEATABLE_QUEUE: QueueName = "broadcasts";

export type OutboxKind = keyof typeof OUTBOX_KINDS;
export type OutboxPayload<K extends OutboxKind> = z.output<(typeof OUTBOX_KINDS)[K]["payload"]>;

/**
 * Scheduled work and its rhythm in milliseconds. Every worker runs it by a timer of its own and not by a BullMQ job
 * scheduler: a schedule kept in Redis is lost with Redis, which is when the sweeper is needed most.
 */
export const SCHEDULES = {
  "sweep.outbox": { every: 2_000 },
  "sweep.expired": { every: 60_000 },
} as const satisfies Record<string, { every: number }>;
export type ScheduleName = keyof typeof SCHEDULES;

/** Attempts at one outbox row before it is a dead letter. */
export const MAX_ATTEMPTS = 8;

/**
 * Wait in milliseconds before attempt `attempts + 1`: exponential from 2 s to an hour, with jitter of half. Eight
 * attempts span up to 36 minutes: a mail server that restarts loses nothing.
 */
export function backoff(attempts: number, random: () => number = Math.random): number {
  const ceiling = Math.min(2_000 * 3 ** Math.max(0, attempts - 1), 3_600_000);
  return Math.round(ceiling / 2 + random() * (ceiling / 2));
}
