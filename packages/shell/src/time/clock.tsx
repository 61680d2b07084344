"use client";
import { createContext, type ReactNode, useContext, useSyncExternalStore } from "react";

const RenderedAt = createContext<number | null>(null);

/** Gives the moment of the server's rendering, so that server and browser first write the same text. */
export function ClockProvider({ renderedAt, children }: { renderedAt: number | null; children: ReactNode }) {
  return <RenderedAt value={renderedAt}>{children}</RenderedAt>;
}

const MINUTE = 60_000;
const listeners = new Set<() => void>();
let now = 0;
let timer: ReturnType<typeof setInterval> | undefined;

function tick() {
  now = Date.now();
  for (const listener of listeners) listener();
}

/** One timer for all the times on a page; it also catches up when the tab is shown again. */
function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (timer === undefined) {
    now = Date.now();
    timer = setInterval(tick, MINUTE);
    document.addEventListener("visibilitychange", tick);
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
    document.removeEventListener("visibilitychange", tick);
  };
}

/** The time to the minute, in milliseconds; null while it is not known (rendered without a moment). */
export function useNow(): number | null {
  const renderedAt = useContext(RenderedAt);
  return useSyncExternalStore(
    subscribe,
    () => now || renderedAt,
    () => renderedAt,
  );
}
