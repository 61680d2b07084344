import type { z } from "zod";
import { DEFAULT_RETRIES, type RetryPolicy } from "./backoff";
import type { QueueName } from "./queues";

/** Name of a kind: its domain, and what has happened or is to be done. Rows keep it, so it never changes. */
export type OutboxKindName = `${string}.${string}`;

/** A row to write. `row` of its kind makes it, so that the payload fits. */
export type NewOutboxRow = {
  readonly kind: OutboxKindName;
  readonly queue: QueueName;
  readonly isUrgent: boolean;
  readonly payload: unknown;
} & RowOptions;

type RowOptions = {
  /** A UUID version 7. Default: a new one. */
  readonly id?: string;
  /** With a channel: the row is this notification's delivery. */
  readonly notificationId?: string;
  readonly channel?: "email" | "broadcast";
  /** Default: the id of the request that the process is handling. */
  readonly requestId?: string;
};

/** A kind of outbox rows: the queue that carries it, and its payload. A domain defines its kinds in its `outbox-kinds.ts`. */
export type OutboxKind<Payload extends z.ZodType = z.ZodType> = {
  readonly kind: OutboxKindName;
  readonly queue: QueueName;
  /** Schema that the worker reads the payload by. It also takes what older releases have written. */
  readonly payload: Payload;
  /** Rows of this kind go before the others of their queue. */
  readonly isUrgent: boolean;
  /** How long the worker goes on trying. */
  readonly retries: RetryPolicy;
  /** Makes a row for `insertOutbox`. */
  row(content: { payload: z.output<Payload> } & RowOptions): NewOutboxRow;
};

export type OutboxPayload<Kind extends OutboxKind> = z.output<Kind["payload"]>;

/** Defines a kind of outbox rows. A job's own data is only the row's id, so the payload stays in PostgreSQL. */
export function defineOutboxKind<Payload extends z.ZodType>(definition: {
  kind: OutboxKindName;
  queue: QueueName;
  payload: Payload;
  isUrgent?: boolean;
  retries?: RetryPolicy;
}): OutboxKind<Payload> {
  const { kind, queue, payload, isUrgent = false, retries = DEFAULT_RETRIES } = definition;
  return { kind, queue, payload, isUrgent, retries, row: (content) => ({ kind, queue, isUrgent, ...content }) };
}
