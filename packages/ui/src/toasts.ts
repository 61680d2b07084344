import type { ReactNode } from "react";

export type Toast = { id: number; content: ReactNode /** While its exit animation runs. */; leaving: boolean };

const DURATION_MS = 8_000;
const EXIT_ANIMATION_MS = 200;
/** The page has no more toasts than this; the oldest leave first. */
const MAX_TOASTS = 30;

let toasts: readonly Toast[] = [];
let lastId = 0;
const remainingMs = new Map<number, number>();
const listeners = new Set<() => void>();

function publish(next: readonly Toast[]): void {
  toasts = next;
  for (const listener of listeners) listener();
}

/** The page's toasts, newest first. */
export const toastStore = {
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  },
  get: () => toasts,
  /** Counts time down, and dismisses toasts that have none left. */
  age(elapsedMs: number): void {
    for (const [id, time] of remainingMs) {
      if (time <= elapsedMs) dismissToast(id);
      else remainingMs.set(id, time - elapsedMs);
    }
  },
};

/** Shows a toast for eight seconds; the time in a hidden tab, under the pointer and with the focus does not count. */
export function showToast(content: (id: number) => ReactNode): void {
  const id = ++lastId;
  remainingMs.set(id, DURATION_MS);
  publish([{ id, content: content(id), leaving: false }, ...toasts]);
  const staying = toasts.filter(({ leaving }) => !leaving);
  for (const old of staying.slice(MAX_TOASTS)) dismissToast(old.id);
}

export function dismissToast(id: number): void {
  if (!remainingMs.delete(id)) return;
  publish(toasts.map((toast) => (toast.id === id ? { ...toast, leaving: true } : toast)));
  setTimeout(() => publish(toasts.filter((toast) => toast.id !== id)), EXIT_ANIMATION_MS);
}
