"use client";
import { useEffect, useEffectEvent, useMemo, useState } from "react";
import { useShell } from "../shell-context";
import { browserOutbox, flushAll, flushLane, noteWaiting, onOutbox } from "./browser-outbox";
import type { OutboxEntry } from "./outbox-store";

export type LaneOutbox = {
  entries: readonly OutboxEntry[];
  add(entry: Pick<OutboxEntry, "id" | "method" | "path" | "body" | "note">): Promise<void>;
  retry(entry: OutboxEntry, body?: OutboxEntry["body"]): Promise<void>;
  remove(entry: OutboxEntry): Promise<void>;
};

/**
 * The texts of one lane that the server has not taken yet. They are sent when the page opens, when the network comes back, and when one is
 * added. Once their author has gone to another page, the shell's notice shows and sends them.
 * @param onSent called with the answer to a text that this tab has sent
 */
export function useOutbox(lane: string, onSent: (data: unknown) => void): LaneOutbox {
  const { user } = useShell();
  const [entries, setEntries] = useState<readonly OutboxEntry[]>([]);
  const tellSent = useEffectEvent(onSent);
  const outbox = useMemo(() => (typeof window === "undefined" ? null : browserOutbox(user.id)), [user.id]);

  useEffect(() => {
    if (!outbox) return;
    let ended = false;
    const read = () =>
      void outbox.list(lane).then(
        (all) => ended || setEntries(all),
        () => undefined,
      );
    const stop = onOutbox({
      onChange: (changed) => changed === lane && read(),
      onSent: (entry, data) => entry.lane === lane && tellSent(data),
    });
    const flush = () => void flushAll(outbox);
    window.addEventListener("online", flush);
    read();
    flush();
    // What shows texts on other pages is needed when there is no network to load it.
    void import("./outbox-notice").catch(() => undefined);
    return () => {
      ended = true;
      stop();
      window.removeEventListener("online", flush);
    };
  }, [outbox, lane]);

  return {
    entries,
    async add(entry) {
      if (!outbox) return;
      const page = { path: window.location.pathname, title: document.title };
      await outbox.add({ ...entry, lane, page, at: Date.now() });
      void noteWaiting(outbox, user.id).catch(() => undefined);
      flushLane(outbox, lane);
    },
    async retry(entry, body) {
      if (!outbox) return;
      await outbox.retry(entry, body);
      flushLane(outbox, lane);
    },
    remove: async (entry) => outbox?.remove(entry),
  };
}
