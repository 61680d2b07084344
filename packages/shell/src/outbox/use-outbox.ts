"use client";
import { useEffect, useEffectEvent, useMemo, useState } from "react";
import { browserDatabases } from "../browser/databases";
import { callApi, Refusal } from "../comments/api";
import { useShell } from "../shell-context";
import { createOutbox, type Outbox, type SendResult } from "./outbox";
import { createOutboxStore, type OutboxEntry } from "./outbox-store";

const CHANNEL = "mgs.outbox";
/** Refusals after which the same request may be taken later. */
const LATER: ReadonlySet<number> = new Set([401, 408, 425, 429]);

const outboxes = new Map<number, Outbox>();
const listeners = new Set<(lane: string) => void>();
let channel: BroadcastChannel | undefined;

/** The outbox of a person in this browser: one for all parts of the page. */
function outboxOf(userId: number): Outbox {
  let outbox = outboxes.get(userId);
  if (outbox) return outbox;
  channel ??= new BroadcastChannel(CHANNEL);
  channel.onmessage = ({ data }: MessageEvent<string>) => tell(data);
  outbox = createOutbox(
    {
      store: createOutboxStore(browserDatabases()),
      send,
      // Without Web Locks (plain HTTP) two tabs may send the same text: the server writes it once.
      exclusively: (name, task) => (navigator.locks ? navigator.locks.request(name, task) : task()),
      announce(lane) {
        tell(lane);
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

function tell(lane: string): void {
  for (const listener of listeners) listener(lane);
}

async function send({ path, body }: OutboxEntry): Promise<SendResult> {
  try {
    return { kind: "sent", data: await callApi(path, { method: "POST", body }) };
  } catch (error) {
    if (!(error instanceof Refusal)) return { kind: "later", afterMs: null };
    const { code, message, status, data, retryAfterMs } = error;
    if (status >= 500 || LATER.has(status)) return { kind: "later", afterMs: retryAfterMs };
    return { kind: "refused", refusal: { code, message, data } };
  }
}

export type LaneOutbox = {
  entries: readonly OutboxEntry[];
  add(entry: Pick<OutboxEntry, "id" | "path" | "body">): Promise<void>;
  retry(entry: OutboxEntry, body?: OutboxEntry["body"]): Promise<void>;
  remove(entry: OutboxEntry): Promise<void>;
};

/**
 * The texts of one lane that the server has not taken yet. They are sent when the page opens, when the network comes back, and when one is
 * added.
 * @param onSent called with the answer to a text of this page
 */
export function useOutbox(lane: string, onSent: (data: unknown) => void): LaneOutbox {
  const { user } = useShell();
  const [entries, setEntries] = useState<readonly OutboxEntry[]>([]);
  const tellSent = useEffectEvent(onSent);
  const outbox = useMemo(() => (typeof window === "undefined" ? null : outboxOf(user.id)), [user.id]);
  const flush = useEffectEvent(() => void outbox?.flush(lane, (_, data) => tellSent(data)).catch(() => undefined));

  useEffect(() => {
    if (!outbox) return;
    let ended = false;
    const read = () =>
      void outbox.list(lane).then(
        (all) => ended || setEntries(all),
        () => undefined,
      );
    const onChange = (changed: string) => {
      if (changed === lane) read();
    };
    const onOnline = () => flush();
    listeners.add(onChange);
    window.addEventListener("online", onOnline);
    read();
    flush();
    // What waits on other records is sent as well, wherever its author has gone.
    void outbox.lanes().then(
      (lanes) => {
        for (const other of lanes) if (other !== lane) void outbox.flush(other, () => undefined).catch(() => undefined);
      },
      () => undefined,
    );
    return () => {
      ended = true;
      listeners.delete(onChange);
      window.removeEventListener("online", onOnline);
    };
  }, [outbox, lane]);

  return {
    entries,
    async add({ id, path, body }) {
      await outbox?.add({ id, path, body, lane, at: Date.now() });
      flushLane(outbox, lane, onSent);
    },
    async retry(entry, body) {
      await outbox?.retry(entry, body);
      flushLane(outbox, lane, onSent);
    },
    remove: async (entry) => outbox?.remove(entry),
  };
}

function flushLane(outbox: Outbox | null, lane: string, onSent: (data: unknown) => void): void {
  void outbox?.flush(lane, (_, data) => onSent(data)).catch(() => undefined);
}
