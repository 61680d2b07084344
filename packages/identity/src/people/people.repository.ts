import type { Locale } from "@mgs/core/locale";
import { isLocale } from "@mgs/core/locale";
import type { Role } from "@mgs/core/roles";
import { type Database, Prisma, type Transaction } from "@mgs/db/client";
import { NO_PASSWORD } from "../no-password";
import { JOIN_ROLE } from "../users.repository";
import { toAddressPattern, toWordQuery } from "./fold";
import type { PeopleCursor, PeopleFilter, PeopleSort } from "./people-filter";

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

/** The condition on the row `u` of a person that they have the words of a search; null without words. */
function wordConditionOf({ search }: PeopleFilter): Prisma.Sql | null {
  const query = toWordQuery(search ?? "");
  return query === null ? null : Prisma.sql`people_words(u.name, u.email) @@ to_tsquery('simple', ${query})`;
}

/** Conditions on the row `u` of a person. */
function conditionsOf(filter: PeopleFilter): Prisma.Sql[] {
  const words = wordConditionOf(filter);
  return [...otherConditionsOf(filter), ...(words === null ? [] : [words])];
}

function otherConditionsOf({ search, role, state, factor, lock }: PeopleFilter): Prisma.Sql[] {
  const address = toAddressPattern(search ?? "");
  return [
    Prisma.sql`NOT u.hidden`,
    ...(address === null ? [] : [Prisma.sql`u.email LIKE ${address}`]),
    ...(role === undefined ? [] : [Prisma.sql`u.role = ${role}`]),
    ...(state === "active" ? [Prisma.sql`u.disabled_at IS NULL`] : []),
    ...(state === "disabled" ? [Prisma.sql`u.disabled_at IS NOT NULL`] : []),
    ...(factor === "with" ? [Prisma.sql`u.has_second_factor`] : []),
    ...(factor === "without" ? [Prisma.sql`NOT u.has_second_factor`] : []),
    ...(lock === "locked" ? [Prisma.sql`u.locked_until > now()`] : []),
    ...(lock === "free" ? [Prisma.sql`(u.locked_until IS NULL OR u.locked_until <= now())`] : []),
  ];
}

/** Column that each order goes by; people of one name follow by number, addresses are unique. */
const KEYS = {
  name: { value: Prisma.sql`u.name`, hasTies: true },
  email: { value: Prisma.sql`u.email`, hasTies: false },
  created: { value: Prisma.sql`u.id`, hasTies: false },
} as const;

function keyOf(sort: PeopleSort): { column: keyof typeof KEYS; descends: boolean } {
  const descends = sort.startsWith("-");
  return { column: (descends ? sort.slice(1) : sort) as keyof typeof KEYS, descends };
}

/** The value that a page of this order ends with. */
export function cursorValue(sort: PeopleSort, person: PersonRow): string {
  const { column } = keyOf(sort);
  return column === "created" ? "" : person[column];
}

/** As many hits of a search are sorted at once. A search with more is one of a common word. */
const MAX_SORTED_HITS = 2_000;
/** So many people are looked through in the page's order for a word that nearly everybody has, such as the company's domain. */
const WALKED_PEOPLE = 100;

/**
 * People in an order, after a cursor; with `backwards` those before it, nearest first. PostgreSQL cannot tell how many people have a
 * word, nor that names with it stand together in the order of names, so a search does not leave the choice to it: few hits are sorted;
 * for a word that nearly everybody has, a stretch of the order is looked through; else all hits are sorted.
 */
export async function readPeople(
  database: Database,
  filter: PeopleFilter,
  page: { sort: PeopleSort; cursor: PeopleCursor | undefined; backwards: boolean; limit: number },
): Promise<PersonRow[]> {
  const { order, after } = orderOf(page);
  const end = Prisma.sql`ORDER BY ${order} LIMIT ${page.limit}`;
  const select = (people: Prisma.Sql) =>
    database.$queryRaw<PersonRow[]>`SELECT ${COLUMNS} FROM (${people}) u ${JOIN_ROLE_SQL} ORDER BY ${order}`;
  const where = (...conditions: Prisma.Sql[]) =>
    Prisma.sql`SELECT u.* FROM users u WHERE ${Prisma.join([...conditions, ...after], " AND ")}`;

  const words = wordConditionOf(filter);
  if (words === null) return select(Prisma.sql`${where(...conditionsOf(filter))} ${end}`);
  const hits = await database.$queryRaw<{ id: number }[]>`
    SELECT u.id FROM users u WHERE ${Prisma.join(conditionsOf(filter), " AND ")} LIMIT ${Prisma.raw(String(MAX_SORTED_HITS + 1))}`;
  if (hits.length === 0) return [];
  if (hits.length <= MAX_SORTED_HITS) {
    return select(Prisma.sql`${where(Prisma.sql`u.id = ANY (${hits.map(({ id }) => id)}::int[])`)} ${end}`);
  }
  const walked = Prisma.sql`${where(...otherConditionsOf(filter))} ORDER BY ${order} LIMIT ${Prisma.raw(String(WALKED_PEOPLE))}`;
  const found = await select(Prisma.sql`SELECT * FROM (${walked}) u WHERE ${words} ${end}`);
  if (found.length === page.limit) return found;
  // OFFSET 0 keeps the order out of the inner plan, which would walk all people in it.
  return select(Prisma.sql`SELECT * FROM (${where(...conditionsOf(filter))} OFFSET 0) u ${end}`);
}

/** SQL of a page's order, and the condition that a row comes after the cursor in it. */
function orderOf(page: { sort: PeopleSort; cursor: PeopleCursor | undefined; backwards: boolean }) {
  const { column, descends } = keyOf(page.sort);
  const { value, hasTies } = KEYS[column];
  const down = descends !== page.backwards;
  const direction = down ? Prisma.sql`DESC` : Prisma.sql`ASC`;
  const order = hasTies ? Prisma.sql`${value} ${direction}, u.id ${direction}` : Prisma.sql`${value} ${direction}`;
  if (!page.cursor) return { order, after: [] };
  const [text, id] = page.cursor;
  const than = down ? Prisma.sql`<` : Prisma.sql`>`;
  if (column === "created") return { order, after: [Prisma.sql`u.id ${than} ${id}`] };
  if (hasTies) return { order, after: [Prisma.sql`(${value}, u.id) ${than} (${text}, ${id})`] };
  return { order, after: [Prisma.sql`${value} ${than} ${text}`] };
}

/** Counts people up to `limit`. */
export async function countPeople(database: Database, filter: PeopleFilter, limit: number): Promise<number> {
  const rows = await database.$queryRaw<{ people: number }[]>`
    SELECT count(*)::int AS people FROM (
      SELECT FROM users u WHERE ${Prisma.join(conditionsOf(filter), " AND ")} LIMIT ${limit}) AS counted`;
  return rows[0]?.people ?? 0;
}

/** Ids of people by number, after `after`. */
export async function readPeopleIds(
  database: Database | Transaction,
  filter: PeopleFilter,
  after: number,
  limit: number,
): Promise<number[]> {
  const rows = await database.$queryRaw<{ id: number }[]>`
    SELECT u.id FROM users u WHERE ${Prisma.join(conditionsOf(filter), " AND ")} AND u.id > ${after}
    ORDER BY u.id LIMIT ${limit}`;
  return rows.map(({ id }) => id);
}

/** People with one of these roles whose account is open, by name: who holds a right. */
export async function readPeopleOfRoles(
  database: Database,
  roles: readonly Role[],
  search: string,
  cursor: PeopleCursor | undefined,
  limit: number,
): Promise<PersonRow[]> {
  const conditions = [...conditionsOf({ search, state: "active" }), Prisma.sql`u.role = ANY(${[...roles]})`];
  if (cursor) conditions.push(Prisma.sql`(u.name, u.id) > (${cursor[0]}, ${cursor[1]})`);
  return database.$queryRaw<PersonRow[]>`
    SELECT ${COLUMNS} FROM (
      SELECT u.* FROM users u WHERE ${Prisma.join(conditions, " AND ")} ORDER BY u.name, u.id LIMIT ${limit}
    ) u ${JOIN_ROLE_SQL} ORDER BY u.name, u.id`;
}

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
