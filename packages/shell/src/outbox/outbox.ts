import type { OutboxEntry, OutboxRefusal, OutboxStore } from "./outbox-store";

/** What a try to send came to. */
export type SendResult =
  | { kind: "sent"; data: unknown }
  /** The server will not take it as it is. */
  | { kind: "refused"; refusal: OutboxRefusal }
  /** No answer, or none that says more than "later". */
  | { kind: "later"; afterMs: number | null };

export type OutboxPorts = {
  store: OutboxStore;
  send(entry: OutboxEntry): Promise<SendResult>;
  /** Runs one task at a time over all tabs of the origin. */
  exclusively<T>(name: string, task: () => Promise<T>): Promise<T>;
  /** A text was taken by the server; called before it leaves the queue. */
  onSent(entry: OutboxEntry, data: unknown): void;
  /** Tells the tabs that a lane's entries have changed. */
  announce(lane: string): void;
  wait(ms: number, signal: AbortSignal): Promise<void>;
};

const FIRST_PAUSE_MS = 1_000;
const MAX_PAUSE_MS = 30_000;

/**
 * The queue of texts that wait to be sent: kept over reloads, sent once and in order for each lane. What the server refuses stays in sight
 * until its author tries again or takes it away, and holds up nothing behind it. Comments use it, and every later text that people send.
 */
export function createOutbox(ports: OutboxPorts, userId: number) {
  const { store, exclusively, announce } = ports;
  const running = new Map<string, { again: boolean; wake: AbortController }>();

  /** Sends what waits in a lane, until nothing does. Without a network it tries again, less and less often. */
  async function flush(lane: string): Promise<void> {
    const current = running.get(lane);
    if (current) {
      current.again = true;
      current.wake.abort();
      return;
    }
    const run = { again: false, wake: new AbortController() };
    running.set(lane, run);
    let pauseMs = FIRST_PAUSE_MS;
    try {
      for (;;) {
        run.again = false;
        const left = await exclusively(`mgs.outbox:${userId}:${lane}`, () => sendWaiting(lane));
        if (left === null) {
          // An entry that came meanwhile has asked for another round.
          if (!run.again) return;
          continue;
        }
        run.wake = new AbortController();
        if (!run.again) await ports.wait(left.afterMs ?? pauseMs, run.wake.signal);
        pauseMs = run.again ? FIRST_PAUSE_MS : Math.min(pauseMs * 2, MAX_PAUSE_MS);
      }
    } finally {
      running.delete(lane);
    }
  }

  /** @returns null when nothing waits any more */
  async function sendWaiting(lane: string): Promise<{ afterMs: number | null } | null> {
    for (;;) {
      // Read anew each time: another tab may have added, sent or taken away.
      const entry = (await store.list(userId, lane)).find(({ refusal }) => refusal === null);
      if (!entry) return null;
      const result = await ports.send(entry);
      if (result.kind === "later") return { afterMs: result.afterMs };
      if (result.kind === "refused") await store.update({ ...entry, refusal: result.refusal });
      else {
        ports.onSent(entry, result.data);
        await store.remove(entry.id);
      }
      announce(lane);
    }
  }

  return {
    flush,
    list: (lane: string) => store.list(userId, lane),
    /** All texts of the person, whatever lane they are in. */
    async all(): Promise<OutboxEntry[]> {
      const lanes = await store.lanes(userId);
      return (await Promise.all(lanes.map((lane) => store.list(userId, lane)))).flat();
    },
    lanes: () => store.lanes(userId),
    async add(entry: Omit<OutboxEntry, "userId" | "refusal">): Promise<void> {
      await store.add({ ...entry, userId, refusal: null });
      announce(entry.lane);
    },
    /** Lets a refused entry wait again, with a changed body where that was the reason. */
    async retry(entry: OutboxEntry, body: OutboxEntry["body"] = entry.body): Promise<void> {
      await store.update({ ...entry, body, refusal: null });
      announce(entry.lane);
    },
    async remove(entry: OutboxEntry): Promise<void> {
      await store.remove(entry.id);
      announce(entry.lane);
    },
  };
}
export type Outbox = ReturnType<typeof createOutbox>;
