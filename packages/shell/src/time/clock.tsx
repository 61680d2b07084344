"use client";
import { createContext, type ReactNode, useContext, useState, useSyncExternalStore } from "react";
import { learnRenderedAt, onServerTime, serverNow } from "./server-clock";

const RenderedAt = createContext<number | null>(null);

/** Provides the time of the server's rendering, so that server and browser first write the same text, and go on by the server's clock. */
export function ClockProvider({ renderedAt, children }: { renderedAt: number | null; children: ReactNode }) {
  // Before the first time on the page asks for the clock.
  useState(() => {
    if (renderedAt !== null && typeof window !== "undefined") learnRenderedAt(renderedAt);
  });
  return <RenderedAt value={renderedAt}>{children}</RenderedAt>;
}

const MINUTE_MS = 60_000;
const listeners = new Set<() => void>();
let now = 0;
let stopLearning = () => {};
let timer: ReturnType<typeof setInterval> | undefined;

function tick() {
  now = serverNow();
  for (const listener of listeners) listener();
}

/** Calls listeners every minute, by one timer for all times on a page, and when the tab is shown again. */
function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (timer === undefined) {
    now = serverNow();
    timer = setInterval(tick, MINUTE_MS);
    document.addEventListener("visibilitychange", tick);
    stopLearning = onServerTime(tick);
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
    stopLearning();
    document.removeEventListener("visibilitychange", tick);
  };
}

/** Returns the current Unix time in milliseconds by the server's clock, updated every minute; null in a page rendered without a time. */
export function useNow(): number | null {
  const renderedAt = useContext(RenderedAt);
  return useSyncExternalStore(
    subscribe,
    () => now || renderedAt,
    () => renderedAt,
  );
}
