import { hash, verify } from "@node-rs/bcrypt";

/** PHP writes `$2y$` for the version that others write as `$2b$`. */
const BCRYPT = /^\$2[aby]\$(\d\d)\$[./A-Za-z0-9]{53}$/;

/** Each step doubles the time of a sign-in; Laravel's own are 10 and 12. */
export const MAX_BCRYPT_COST = 14;
const MIN_BCRYPT_COST = 4;

/** Two to this power are the rounds of a bcrypt hash; null when it is none, or none that we accept. */
export function bcryptCost(stored: string): number | null {
  const cost = Number(BCRYPT.exec(stored)?.[1] ?? Number.NaN);
  return cost >= MIN_BCRYPT_COST && cost <= MAX_BCRYPT_COST ? cost : null;
}

/** Like PHP, bcrypt itself looks at the first 72 bytes of a password alone. */
export function bcryptMatches(stored: string, plain: string): Promise<boolean> {
  return verify(plain, stored);
}

/**
 * Spends the time of a bcrypt of cost `wholeCost`, less the one of cost `doneCost` that has been made: the steps between them
 * add up to the difference exactly, since each costs twice the one before.
 */
export async function spendBcryptTime(doneCost: number | null, wholeCost: number): Promise<void> {
  if (doneCost === null) {
    await hash("nobody has this password", { cost: wholeCost });
    return;
  }
  for (let cost = doneCost; cost < wholeCost; cost++) await hash("nobody has this password", { cost });
}
