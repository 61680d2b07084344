import type { Locale } from "@mgs/core/locale";
import { isLocale } from "@mgs/core/locale";
import type { Role } from "@mgs/core/roles";
import { type Database, Prisma, type Transaction } from "@mgs/db/client";
import type { List, ListQuery } from "@mgs/records/lists/list";
import { NO_PASSWORD } from "../no-password";
import { JOIN_ROLE } from "../users.repository";
import { toAddressPattern } from "./address-pattern";
import type { PeopleFilter } from "./people-filter";

/** A person as the console's list shows them. */
export type PersonRow = {
  id: number;
  name: string;
  email: string;
  role: Role;
  roleNameFr: string;
  roleNameEn: string;
  portals: string[];
  permissions: string[];
  locale: string;
  disabledAt: Date | null;
  createdAt: Date;
  version: number;
  /** They have never had a password: they were invited, or wait for it. */
  invited: boolean;
  /** They have to choose another password: at the next sign-in, or by a link since theirs was withdrawn. */
  passwordMustChange: boolean;
  hasSecondFactor: boolean;
  /** Failed sign-ins refuse others from some place, or from everywhere. */
  locked: boolean;
  /** When they were last there; null for those who never signed in, or whose sign-ins are forgotten. */
  lastSeenAt: Date | null;
  /** Sign-ins that go on. */
  sessions: number;
};

const JOIN_ROLE_SQL = Prisma.raw(JOIN_ROLE);
const COLUMNS = Prisma.sql`u.id, u.name, u.email, u.role, r.name_fr AS "roleNameFr", r.name_en AS "roleNameEn", r.portals,
  r.permissions, u.locale, u.disabled_at AS "disabledAt", u.created_at AS "createdAt", u.version,
  u.password_hash = ${NO_PASSWORD} AND u.known_devices_since IS NULL AS invited,
  u.password_must_change OR (u.password_hash = ${NO_PASSWORD} AND u.known_devices_since IS NOT NULL) AS "passwordMustChange",
  u.has_second_factor AS "hasSecondFactor", coalesce(u.locked_until > now(), false) AS locked,
  (SELECT max(s.last_seen_at) FROM user_sessions s WHERE s.user_id = u.id) AS "lastSeenAt",
  (SELECT count(*)::int FROM user_sessions s WHERE s.user_id = u.id AND s.ended_at IS NULL) AS sessions`;

/**
 * The people of the console's list. Addresses are unique, and people of one name follow by number; accounts of the product itself are
 * nobody's.
 */
export const peopleList: List<PeopleFilter> = {
  name: "people",
  table: Prisma.sql`users r`,
  id: { value: Prisma.sql`r.id`, type: "integer" },
  sorts: {
    name: { value: Prisma.sql`r.name`, type: "text" },
    email: { value: Prisma.sql`r.email`, type: "text", unique: true },
    created: { value: Prisma.sql`r.id`, type: "integer", unique: true },
  },
  words: Prisma.sql`people_words(r.name, r.email)`,
  always: [Prisma.sql`NOT r.hidden`],
  conditions({ search, role, state, factor, lock }) {
    const address = toAddressPattern(search ?? "");
    return [
      ...(address === null ? [] : [Prisma.sql`r.email LIKE ${address}`]),
      ...(role === undefined ? [] : [Prisma.sql`r.role = ${role}`]),
      ...(state === "active" ? [Prisma.sql`r.disabled_at IS NULL`] : []),
      ...(state === "disabled" ? [Prisma.sql`r.disabled_at IS NOT NULL`] : []),
      ...(factor === "with" ? [Prisma.sql`r.has_second_factor`] : []),
      ...(factor === "without" ? [Prisma.sql`NOT r.has_second_factor`] : []),
      ...(lock === "locked" ? [Prisma.sql`r.locked_until > now()`] : []),
      ...(lock === "free" ? [Prisma.sql`(r.locked_until IS NULL OR r.locked_until <= now())`] : []),
    ];
  },
};

/** Whoever may read the list sees all people. */
export const peopleQuery = (filter: PeopleFilter): ListQuery<PeopleFilter> => ({
  filter,
  search: filter.search,
  visible: null,
});

/** Reads people as the list shows them, in the order of the ids. */
export async function readPeopleRows(database: Database, ids: readonly number[]): Promise<PersonRow[]> {
  if (ids.length === 0) return [];
  return database.$queryRaw<PersonRow[]>`
    SELECT ${COLUMNS} FROM unnest(${[...ids]}::int[]) WITH ORDINALITY AS asked (id, place) JOIN users u ON u.id = asked.id ${JOIN_ROLE_SQL}
    ORDER BY asked.place`;
}

/** The condition that a person of the list has one of these roles. */
export const hasRoleOf = (roles: readonly Role[]): Prisma.Sql => Prisma.sql`r.role = ANY(${[...roles]})`;

export async function findPersonRow(database: Database, id: number): Promise<PersonRow | null> {
  const rows = await database.$queryRaw<PersonRow[]>`
    SELECT ${COLUMNS} FROM users u ${JOIN_ROLE_SQL} WHERE u.id = ${id} AND NOT u.hidden`;
  return rows[0] ?? null;
}

export type LockedPerson = Pick<
  PersonRow,
  "id" | "name" | "email" | "role" | "portals" | "permissions" | "locale" | "version" | "disabledAt"
> & {
  /** When somebody showed last that they read the mail of the address; null: nobody has. */
  emailConfirmedAt: Date | null;
};

/** Finds a person for a change: others who change them wait. Accounts of the product itself are nobody's. */
export async function lockPerson(tx: Transaction, id: number): Promise<LockedPerson | null> {
  const rows = await tx.$queryRaw<LockedPerson[]>`
    SELECT u.id, u.name, u.email, u.email_confirmed_at AS "emailConfirmedAt", u.role, r.portals, r.permissions, u.locale, u.version,
      u.disabled_at AS "disabledAt"
    FROM users u ${JOIN_ROLE_SQL} WHERE u.id = ${id} AND NOT u.hidden FOR UPDATE OF u`;
  return rows[0] ?? null;
}

export async function updatePerson(
  tx: Transaction,
  id: number,
  data: { name?: string; email?: string; emailConfirmedAt?: null; locale?: Locale; role?: Role },
): Promise<void> {
  await tx.user.update({ where: { id }, data: { ...data, version: { increment: 1 } } });
}

/** Whether anybody has ever signed in to the account. */
export async function hasEverSignedIn(tx: Transaction, id: number): Promise<boolean> {
  return (await tx.userSession.findFirst({ where: { userId: id }, select: { id: true } })) !== null;
}

/** The languages of people, for texts that are written to them. */
export async function findLocales(tx: Transaction, ids: readonly number[]): Promise<{ id: number; locale: Locale }[]> {
  const rows = await tx.user.findMany({ where: { id: { in: [...ids] } }, select: { id: true, locale: true } });
  return rows.map(({ id, locale }) => ({ id, locale: isLocale(locale) ? locale : "fr" }));
}

/** The password opens nothing but the choice of another one. @returns false when it was so already, or there is no password */
export async function requirePasswordChange(tx: Transaction, id: number): Promise<boolean> {
  const { count } = await tx.user.updateMany({
    where: { id, passwordMustChange: false, passwordHash: { not: NO_PASSWORD } },
    data: { passwordMustChange: true },
  });
  return count === 1;
}
