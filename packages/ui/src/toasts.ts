import type { ReactNode } from "react";

export type Toast = { id: number; content: ReactNode /** On its way out. */; leaving: boolean };

/** How long a toast stays, and how long it takes to go. Milliseconds. */
const STAYS = 8_000;
const LEAVES = 200;
/** Toasts kept on the page; the oldest leave first. */
const MOST = 30;

let toasts: readonly Toast[] = [];
let lastId = 0;
const left = new Map<number, number>();
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
  /** Lets time pass: who has had theirs, leaves. */
  age(milliseconds: number): void {
    for (const [id, time] of left) {
      if (time <= milliseconds) dismissToast(id);
      else left.set(id, time - milliseconds);
    }
  },
};

/** Shows a toast for eight seconds, not counting those in which nobody can read it or somebody is at it. */
export function showToast(content: (id: number) => ReactNode): void {
  const id = ++lastId;
  left.set(id, STAYS);
  publish([{ id, content: content(id), leaving: false }, ...toasts]);
  const staying = toasts.filter(({ leaving }) => !leaving);
  for (const old of staying.slice(MOST)) dismissToast(old.id);
}

export function dismissToast(id: number): void {
  if (!left.delete(id)) return;
  publish(toasts.map((toast) => (toast.id === id ? { ...toast, leaving: true } : toast)));
  setTimeout(() => publish(toasts.filter((toast) => toast.id !== id)), LEAVES);
}
