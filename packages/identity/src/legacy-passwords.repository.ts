import type { Database } from "@mgs/db/client";
import { HIGHEST_BCRYPT_COST } from "./legacy-password";

/** Accounts move one by one, at their sign-in: what was true a minute ago is true enough. */
const KEPT_MS = 60_000;
const kept = new WeakMap<Database, { until: number; cost: Promise<number | null> }>();

/** Highest cost among the bcrypt hashes that accounts still have; null when they have none. Asked once a minute. */
export function highestLegacyCost(database: Database): Promise<number | null> {
  const known = kept.get(database);
  if (known && known.until > Date.now()) return known.cost;
  const cost = queryHighestCost(database);
  kept.set(database, { until: Date.now() + KEPT_MS, cost });
  // A database that was away is asked again.
  cost.catch(() => kept.delete(database));
  return cost;
}

async function queryHighestCost(database: Database): Promise<number | null> {
  const [row] = await database.$queryRaw<{ cost: number | null }[]>`
    SELECT max(substring(password_hash FROM 5 FOR 2)::int)::int AS cost
    FROM users WHERE password_hash ~ '^[$]2[aby][$][0-9]{2}[$]'`;
  return row?.cost == null ? null : Math.min(row.cost, HIGHEST_BCRYPT_COST);
}

/**
 * Puts a new hash of the same password in place, unless the password has been changed meanwhile.
 * @returns whether it is in place
 */
export async function replacePasswordHash(database: Database, id: number, old: string, hash: string): Promise<boolean> {
  const { count } = await database.user.updateMany({ where: { id, passwordHash: old }, data: { passwordHash: hash } });
  return count === 1;
}
