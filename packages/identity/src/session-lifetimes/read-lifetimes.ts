import type { Database } from "@mgs/db/client";
import type { SessionLifetimes } from "./session-lifetimes";
import { findLifetimes } from "./session-lifetimes.repository";

/** A process uses lifetimes that it has read so long ago, while it reads them again. */
const FRESH_MS = 10_000;

const known = new WeakMap<Database, { lifetimes: Promise<SessionLifetimes>; readAt: number }>();

/**
 * Reads how long tokens and portal sessions last, at most once in ten seconds: a change holds for what is issued afterwards, in each
 * process as it reads it. The end of a sign-in does not wait for that, since it stands in its own row.
 */
export function readLifetimes(database: Database, now: number = performance.now()): Promise<SessionLifetimes> {
  const cached = known.get(database);
  if (cached && now - cached.readAt < FRESH_MS) return cached.lifetimes;
  const lifetimes = findLifetimes(database).then((stored) => stored.lifetimes);
  known.set(database, { lifetimes, readAt: now });
  lifetimes.catch(() => known.delete(database));
  return lifetimes;
}
