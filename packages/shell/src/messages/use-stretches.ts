"use client";
import { useState } from "react";
import type { ConversationStore } from "./conversation-store";

type Side = "older" | "newer";

export type Stretches = {
  /** Null: nothing is being read, and nothing could not be. */
  state: "reading" | "failed" | null;
  /** Reads the next messages on a side, unless they could not be read: then its reader says when. */
  load(side: Side): void;
  retry(): void;
};

/** Reads the messages beyond the ends of a conversation's stretch, and keeps what could not be read until its reader tries again. */
export function useStretches(store: ConversationStore): Stretches {
  const [reading, setReading] = useState<Side | null>(null);
  const [failed, setFailed] = useState<Side | null>(null);

  async function read(side: Side) {
    const cursor = store.get()[side];
    if (cursor === null) return;
    setReading(side);
    try {
      await (side === "older" ? store.loadOlder() : store.loadNewer());
    } catch {
      setFailed(side);
    } finally {
      setReading(null);
    }
  }
  return {
    state: failed !== null ? "failed" : reading !== null ? "reading" : null,
    load: (side) => failed !== side && void read(side),
    retry() {
      if (failed === null) return;
      setFailed(null);
      void read(failed);
    },
  };
}
