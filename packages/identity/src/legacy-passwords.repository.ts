import type { Database } from "@mgs/db/client";
import { MAX_BCRYPT_COST } from "./legacy-password";

/** Hashes are renewed one by one, at sign-ins: a figure of a minute ago is good enough. */
const CACHE_TTL_MS = 60_000;
const cache = new WeakMap<Database, { until: number; cost: Promise<number | null> }>();

/** Highest cost among the bcrypt hashes that accounts still have; null when they have none. Asked once a minute. */
export function highestLegacyCost(database: Database): Promise<number | null> {
  const known = cache.get(database);
  if (known && known.until > Date.now()) return known.cost;
  const cost = queryHighestCost(database);
  cache.set(database, { until: Date.now() + CACHE_TTL_MS, cost });
  // A database that was away is asked again.
  cost.catch(() => cache.delete(database));
  return cost;
}

async function queryHighestCost(database: Database): Promise<number | null> {
  const [row] = await database.$queryRaw<{ cost: number | null }[]>`
    SELECT max(substring(password_hash FROM 5 FOR 2)::int)::int AS cost
    FROM users WHERE password_hash ~ '^[$]2[aby][$][0-9]{2}[$]'`;
  return row?.cost == null ? null : Math.min(row.cost, MAX_BCRYPT_COST);
}

/**
 * Puts a new hash of the same password in place, unless the password has been changed meanwhile.
 * @returns whether it is in place
 */
export async function replacePasswordHash(database: Database, id: number, old: string, hash: string): Promise<boolean> {
  const { count } = await database.user.updateMany({ where: { id, passwordHash: old }, data: { passwordHash: hash } });
  return count === 1;
}
