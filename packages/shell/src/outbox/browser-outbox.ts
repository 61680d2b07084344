import { callApi, Refusal } from "../api/call-api";
import { browserDatabases } from "../browser/databases";
import { createOutbox, type Outbox, type SendResult } from "./outbox";
import { outboxMarkKey } from "./outbox-mark";
import { createOutboxStore, type OutboxEntry } from "./outbox-store";

const CHANNEL = "mgs.outbox";
/** Refusals after which the same request may be taken later. */
const LATER: ReadonlySet<number> = new Set([401, 408, 425, 429]);

type OutboxListener = {
  /** The entries of a lane have changed, in this tab or in another. */
  onChange?(lane: string): void;
  /** This tab has sent an entry. */
  onSent?(entry: OutboxEntry, data: unknown): void;
};

const outboxes = new Map<number, Outbox>();
const listeners = new Set<OutboxListener>();
let channel: BroadcastChannel | undefined;

/** The outbox of a person in this browser: one for all parts of the page. */
export function browserOutbox(userId: number): Outbox {
  let outbox = outboxes.get(userId);
  if (outbox) return outbox;
  channel ??= new BroadcastChannel(CHANNEL);
  channel.onmessage = ({ data }: MessageEvent<string>) => tellChange(data);
  outbox = createOutbox(
    {
      store: createOutboxStore(browserDatabases()),
      send,
      // Without Web Locks (plain HTTP) two tabs may send the same text: the server writes it once.
      exclusively: (name, task) => (navigator.locks ? navigator.locks.request(name, task) : task()),
      onSent(entry, data) {
        for (const { onSent } of listeners) onSent?.(entry, data);
      },
      announce(lane) {
        tellChange(lane);
        channel?.postMessage(lane);
      },
      wait: (ms, signal) =>
        new Promise((resolve) => {
          const timer = setTimeout(resolve, ms);
          signal.addEventListener("abort", () => {
            clearTimeout(timer);
            resolve();
          });
        }),
    },
    userId,
  );
  outboxes.set(userId, outbox);
  return outbox;
}

function tellChange(lane: string): void {
  for (const { onChange } of listeners) onChange?.(lane);
}

/** @returns how to stop listening */
export function onOutbox(listener: OutboxListener): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

async function send({ method, path, body }: OutboxEntry): Promise<SendResult> {
  try {
    return { kind: "sent", data: await callApi(path, { method: method ?? "POST", body }) };
  } catch (error) {
    if (!(error instanceof Refusal)) return { kind: "later", afterMs: null };
    const { code, message, status, data, retryAfterMs } = error;
    if (status >= 500 || LATER.has(status)) return { kind: "later", afterMs: retryAfterMs };
    return { kind: "refused", refusal: { code, message, data } };
  }
}

/** Sends what waits in a lane, now or when the network is back. It never fails. */
export function flushLane(outbox: Outbox, lane: string): void {
  void outbox.flush(lane).catch(() => undefined);
}

/** Sends what waits in all lanes, whatever page it was written on. It never fails. */
export async function flushAll(outbox: Outbox): Promise<void> {
  const lanes = await outbox.lanes().catch(() => []);
  for (const lane of lanes) flushLane(outbox, lane);
}

/** Sets or removes the mark; tells this page of it, as the browser tells the others. */
function markOutbox(userId: number, isUsed: boolean): void {
  try {
    if (isUsed) localStorage.setItem(outboxMarkKey(userId), "1");
    else localStorage.removeItem(outboxMarkKey(userId));
    window.dispatchEvent(new Event("storage"));
  } catch {
    // A browser that stores nothing keeps no texts either.
  }
}

/** Notes for other pages whether texts wait. */
export async function noteWaiting(outbox: Outbox, userId: number): Promise<void> {
  markOutbox(userId, (await outbox.lanes()).length > 0);
  // One that another tab has added between the two would stay without a mark.
  if ((await outbox.lanes()).length > 0) markOutbox(userId, true);
}
