/** What the server's clock is ahead of this device's, in milliseconds. */
let offsetMs = 0;
const listeners = new Set<() => void>();

/** `Date` of an answer is in whole seconds, and the answer has been on its way: less than this is no difference. */
const TOLERANCE_MS = 30_000;

/** Learns the server's time from an answer, so that "il y a 5 minutes" is true on a device whose clock is wrong. */
export function learnServerTime(header: string | null, now = Date.now()): void {
  const at = header === null ? Number.NaN : Date.parse(header);
  if (!Number.isNaN(at)) learn(at, now);
}

/** Learns it from the time at which the server has drawn this page: little after the browser asked for it, however long the rest took. */
export const learnRenderedAt = (renderedAt: number): void => learn(renderedAt, Date.now() - performance.now());

function learn(at: number, now: number): void {
  const next = Math.abs(at - now) < TOLERANCE_MS ? 0 : at - now;
  if (Math.abs(next - offsetMs) < TOLERANCE_MS) return;
  offsetMs = next;
  for (const listener of listeners) listener();
}

/** The Unix time in milliseconds, by the server's clock as far as it is known. */
export const serverNow = (): number => Date.now() + offsetMs;

/** Calls back when the server's clock is found to differ from what was known. */
export function onServerTime(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}
