import { isLocale, type Locale } from "@mgs/core/locale";
import { type Database, Prisma, type Transaction } from "@mgs/db/client";
import type { AccountLinkPurpose } from "./account-link";

export type NewAccountLink = {
  id: string;
  userId: number;
  purpose: AccountLinkPurpose;
  /** Null until the mail is made. */
  tokenHash: string | null;
  since: Date | null;
  createdAt: Date;
  expiresAt: Date;
  /** Where its mail goes, if not to the account's address of this moment. */
  email?: string | undefined;
};

/**
 * Inserts a link to the account's address of this moment, unless it names another. A link with this id that is there already stays as it is.
 * @returns null when there is no such account, or it is disabled; else whether this call has inserted the link
 */
export async function insertAccountLink(
  tx: Transaction | Database,
  link: NewAccountLink,
): Promise<{ isNew: boolean } | null> {
  const { id, userId, purpose, tokenHash, since, createdAt, expiresAt, email = null } = link;
  const [row] = await tx.$queryRaw<{ isNew: boolean }[]>`
    WITH person AS (
      SELECT id, email FROM users WHERE id = ${userId} AND disabled_at IS NULL AND NOT hidden
    ), made AS (
      INSERT INTO account_links (id, user_id, purpose, token_hash, email, since, created_at, expires_at)
      SELECT ${id}::uuid, id, ${purpose}, ${tokenHash}, coalesce(${email}, email), ${since}, ${createdAt}, ${expiresAt} FROM person
      ON CONFLICT (id) DO NOTHING RETURNING id
    )
    SELECT EXISTS (SELECT FROM made) AS "isNew" FROM person`;
  return row ?? null;
}

/** A link whose mail may be sent: it can be used, and its account has still the address that it was made for, where that matters. */
export type LinkToSend = {
  id: string;
  userId: number;
  purpose: AccountLinkPurpose;
  email: string;
  name: string;
  locale: Locale;
};

/** A link is for one address, and good no more when the account has another; but for the one that is about just that. */
const IS_FOR_ADDRESS = Prisma.sql`(u.email = l.email OR l.purpose = 'address-changed')`;
const IS_USABLE = Prisma.sql`l.used_at IS NULL AND u.disabled_at IS NULL AND ${IS_FOR_ADDRESS}`;

export async function findLinkToSend(database: Database, id: string, at: Date): Promise<LinkToSend | null> {
  const [row] = await database.$queryRaw<LinkToSend[]>`
    SELECT l.id, l.user_id AS "userId", l.purpose, l.email, u.name, u.locale
    FROM account_links l JOIN users u ON u.id = l.user_id
    WHERE l.id = ${id}::uuid AND ${IS_USABLE} AND l.expires_at > ${at}`;
  if (!row) return null;
  return { ...row, locale: isLocale(row.locale) ? row.locale : "fr" };
}

/** Stores the hash of a link's token, which a mail is about to carry: from now on the link can be followed. */
export async function saveMailedToken(
  database: Database,
  id: string,
  { tokenHash, at }: { tokenHash: string; at: Date },
): Promise<void> {
  await database.accountLink.updateMany({ where: { id }, data: { tokenHash, mailedAt: at } });
}

/** A link as a page or a use case finds it by its token. */
export type FoundLink = {
  id: string;
  userId: number;
  purpose: AccountLinkPurpose;
  since: Date | null;
  usedAt: Date | null;
  expiresAt: Date;
  createdAt: Date;
  /** When its mail was made; null for one that a page has handed over. */
  mailedAt: Date | null;
  /** The address that the link was made for; that of `address-changed` is one that the account had before. */
  sentTo: string;
  /** The account was closed by this link. */
  isClosed: boolean;
  /** Of the account, today. */
  email: string;
  name: string;
  role: string;
  /** Those that the role opens. */
  portals: string[];
  passwordHash: string;
  passwordMustChange: boolean;
};

const FOUND = Prisma.sql`
  SELECT l.id, l.user_id AS "userId", l.purpose, l.since, l.used_at AS "usedAt", l.expires_at AS "expiresAt",
    l.created_at AS "createdAt", l.mailed_at AS "mailedAt", l.email AS "sentTo",
    u.disabled_at IS NOT NULL AS "isClosed", u.email, u.name, u.role, r.portals, u.password_hash AS "passwordHash",
    u.password_must_change AS "passwordMustChange"
  FROM account_links l JOIN users u ON u.id = l.user_id AND ${IS_FOR_ADDRESS}
    AND (u.disabled_at IS NULL OR (l.purpose = 'address-changed' AND l.used_at IS NOT NULL))
  JOIN roles r ON r.slug = u.role`;

/** Finds a link that was used or has expired as well; null when its account is disabled or has another address by now. */
export async function findLinkByToken(database: Database, tokenHash: string): Promise<FoundLink | null> {
  const rows = await database.$queryRaw<FoundLink[]>`${FOUND} WHERE l.token_hash = ${tokenHash}`;
  return rows[0] ?? null;
}

/** Finds a person's own link by its id, for a visitor who has proved by a sign-in who they are. */
export async function findLinkOfPerson(database: Database, id: string, userId: number): Promise<FoundLink | null> {
  const rows = await database.$queryRaw<FoundLink[]>`${FOUND} WHERE l.id = ${id}::uuid AND l.user_id = ${userId}`;
  return rows[0] ?? null;
}

/**
 * Uses a link, once: of two transactions that use it at the same time, the second waits for the first and then finds it used.
 * @returns false when it was used or has expired
 */
export async function useLink(tx: Transaction, id: string, at: Date): Promise<boolean> {
  const { count } = await tx.accountLink.updateMany({
    where: { id, usedAt: null, expiresAt: { gt: at } },
    data: { usedAt: at },
  });
  return count === 1;
}

/** Ends the links of a person that could still be used; with a purpose, those of that purpose alone. */
export async function revokeAccountLinks(
  tx: Transaction,
  userId: number,
  at: Date,
  purpose?: AccountLinkPurpose,
): Promise<void> {
  await tx.accountLink.updateMany({
    where: { userId, usedAt: null, expiresAt: { gt: at }, ...(purpose === undefined ? {} : { purpose }) },
    data: { expiresAt: at },
  });
}

/**
 * Ends the links to the account's own address: somebody who reads its mail has chosen another password. Those to an address of before
 * stay: whoever has brought another address in must not silence the owner by a new password.
 */
export async function revokeLinksToOwnAddress(tx: Transaction, userId: number, at: Date): Promise<void> {
  await tx.accountLink.updateMany({
    where: { userId, usedAt: null, expiresAt: { gt: at }, purpose: { not: "address-changed" } },
    data: { expiresAt: at },
  });
}

/** Whether a person has an invitation that they can still follow. */
export async function findOpenInvitation(database: Database, userId: number, at: Date): Promise<Date | null> {
  const link = await database.accountLink.findFirst({
    where: { userId, purpose: "invitation", usedAt: null, expiresAt: { gt: at } },
    orderBy: { expiresAt: "desc" },
    select: { expiresAt: true },
  });
  return link?.expiresAt ?? null;
}

/** Deletes links that ended a month ago or more: until then the trail of a mail can be followed. */
export async function purgeAccountLinks(database: Database, limit: number): Promise<number> {
  return database.$executeRaw`
    DELETE FROM account_links WHERE id IN (
      SELECT id FROM account_links WHERE expires_at < now() - interval '30 days' ORDER BY expires_at LIMIT ${limit})`;
}
