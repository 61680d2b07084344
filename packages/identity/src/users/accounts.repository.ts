import type { Locale } from "@mgs/core/locale";
import type { Role } from "@mgs/core/roles";
import type { Database, Transaction } from "@mgs/db/client";
import { Prisma } from "@mgs/db/client";
import { NO_PASSWORD } from "../no-password";

export type Account = {
  id: number;
  email: string;
  name: string;
  role: string;
  locale: string;
  disabledAt: Date | null;
  createdAt: Date;
  /** Sign-ins that go on. */
  sessions: number;
};

export type AccountFilter = {
  words: readonly string[];
  role: Role | undefined;
  disabled: boolean | undefined;
};

const COLUMNS = Prisma.sql`u.id, u.email, u.name, u.role, u.locale, u.disabled_at AS "disabledAt",
  u.created_at AS "createdAt",
  (SELECT count(*)::int FROM user_sessions s WHERE s.user_id = u.id AND s.ended_at IS NULL) AS sessions`;

/** Accounts by number, after `after`; those of the product itself are left out. */
export async function readAccounts(
  database: Database,
  { words, role, disabled }: AccountFilter,
  after: number,
  limit: number,
): Promise<Account[]> {
  const conditions = [
    Prisma.sql`u.id > ${after}`,
    Prisma.sql`NOT u.hidden`,
    ...words.map((word) => {
      const pattern = `%${word.replace(/[\\%_]/g, "\\$&")}%`;
      return Prisma.sql`(u.name ILIKE ${pattern} OR u.email ILIKE ${pattern})`;
    }),
    ...(role === undefined ? [] : [Prisma.sql`u.role = ${role}`]),
    ...(disabled === undefined ? [] : [Prisma.sql`(u.disabled_at IS NOT NULL) = ${disabled}`]),
  ];
  return database.$queryRaw<Account[]>`
    SELECT ${COLUMNS} FROM users u WHERE ${Prisma.join(conditions, " AND ")} ORDER BY u.id LIMIT ${limit}`;
}

export async function findAccount(
  database: Database,
  key: { id: number } | { email: string },
): Promise<Account | null> {
  const which = "id" in key ? Prisma.sql`u.id = ${key.id}` : Prisma.sql`u.email = ${key.email}`;
  const rows = await database.$queryRaw<Account[]>`SELECT ${COLUMNS} FROM users u WHERE ${which}`;
  return rows[0] ?? null;
}

export async function insertAccount(
  tx: Transaction,
  account: {
    email: string;
    name: string;
    role: Role;
    locale: Locale;
    passwordHash: string;
    passwordMustChange?: boolean;
  },
): Promise<number> {
  const { id } = await tx.user.create({ data: account, select: { id: true } });
  return id;
}

/** Held until the transaction ends, so that two administrators cannot disable each other at once. */
export async function lockAdministrators(tx: Transaction): Promise<number[]> {
  const rows = await tx.$queryRaw<{ id: number }[]>`
    SELECT id FROM users WHERE role = 'administrateur' AND disabled_at IS NULL AND NOT hidden ORDER BY id FOR UPDATE`;
  return rows.map(({ id }) => id);
}

/** @returns false when it was so already */
export async function setDisabledAt(tx: Transaction, id: number, at: Date | null): Promise<boolean> {
  const { count } = await tx.user.updateMany({
    where: { id, disabledAt: at === null ? { not: null } : null },
    data: { disabledAt: at },
  });
  return count === 1;
}

/**
 * Sets another password: browsers that the account was known in are known no more, and a lockout
 * ends; its counters are the caller's.
 * @param set.mustChange somebody else has set it, so it lets its owner do nothing but choose another one
 */
export async function setPasswordHash(
  tx: Transaction,
  id: number,
  passwordHash: string,
  set: { at: Date; mustChange: boolean },
): Promise<void> {
  const { at, mustChange } = set;
  await tx.user.update({
    where: { id },
    data: { passwordHash, passwordMustChange: mustChange, knownDevicesSince: at, lockedUntil: null },
  });
}

/** Nobody has shown any more that they read the mail of the account's address. */
export async function forgetEmailConfirmation(tx: Transaction, id: number): Promise<void> {
  await tx.user.update({ where: { id }, data: { emailConfirmedAt: null } });
}

/** Takes note that whoever has the account reads the mail of its address, if it has that address still. */
export async function confirmEmail(
  tx: Transaction,
  id: number,
  { email, at }: { email: string; at: Date },
): Promise<void> {
  await tx.user.updateMany({ where: { id, email }, data: { emailConfirmedAt: at } });
}

/**
 * From now on no browser counts as one in which the account was signed in before. An account without a password has none, and the time
 * tells that it had a password once.
 */
export async function forgetKnownDevices(tx: Transaction, id: number, at: Date): Promise<void> {
  await tx.user.updateMany({ where: { id, passwordHash: { not: NO_PASSWORD } }, data: { knownDevicesSince: at } });
}

/** Takes an account's password away: it opens nothing until its owner has chosen another one. */
export async function withdrawPassword(tx: Transaction, id: number, at: Date): Promise<void> {
  await setPasswordHash(tx, id, NO_PASSWORD, { at, mustChange: false });
}

/** The stored hash of an account; null when there is none, or it is an account of our own. */
export async function findPasswordHash(tx: Transaction | Database, id: number): Promise<string | null> {
  const row = await tx.user.findFirst({ where: { id, hidden: false }, select: { passwordHash: true } });
  return row?.passwordHash ?? null;
}

/** Sets another password in the place of one. @returns false when the account has yet another by now, or is disabled */
export async function replacePassword(
  tx: Transaction,
  id: number,
  { from, to, at }: { from: string; to: string; at: Date },
): Promise<boolean> {
  const { count } = await tx.user.updateMany({
    where: { id, passwordHash: from, disabledAt: null },
    data: { passwordHash: to, passwordMustChange: false, knownDevicesSince: at, lockedUntil: null },
  });
  return count === 1;
}
