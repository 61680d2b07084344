import type { Database, Transaction } from "@mgs/db/client";

/** `totp`: a secret that waits for its first code. `recovery-codes`: codes that were just made. */
export type EnrolmentKind = "totp" | "recovery-codes";

type Key = { holder: string; kind: EnrolmentKind };

/** The sealed secret that a holder may see now; null when there is none, or it has expired. */
export async function findEnrolment(
  database: Database | Transaction,
  key: Key & { userId: number; now: Date },
): Promise<string | null> {
  const { holder, kind, userId, now } = key;
  const row = await database.factorEnrolment.findFirst({
    where: { holder, kind, userId, expiresAt: { gt: now } },
    select: { secret: true },
  });
  return row?.secret ?? null;
}

export async function saveEnrolment(
  database: Database | Transaction,
  row: Key & { userId: number; secret: string; expiresAt: Date },
): Promise<void> {
  const { holder, kind, ...data } = row;
  await database.factorEnrolment.upsert({
    where: { holder_kind: { holder, kind } },
    create: row,
    update: data,
  });
}

/** @returns false when it was not there: another request has taken it */
export async function deleteEnrolment(
  database: Database | Transaction,
  key: Key & { secret?: string },
): Promise<boolean> {
  const { holder, kind, secret } = key;
  const { count } = await database.factorEnrolment.deleteMany({
    where: { holder, kind, ...(secret === undefined ? {} : { secret }) },
  });
  return count > 0;
}

/** Deletes everything that is being set up for a person, wherever. */
export async function deleteEnrolments(tx: Transaction, userId: number): Promise<void> {
  await tx.factorEnrolment.deleteMany({ where: { userId } });
}

/** Deletes what has expired. @returns how many */
export async function purgeEnrolments(database: Database, limit: number): Promise<number> {
  return database.$executeRaw`
    DELETE FROM factor_enrolments WHERE (holder, kind) IN (
      SELECT holder, kind FROM factor_enrolments WHERE expires_at < now() ORDER BY expires_at LIMIT ${limit})`;
}
