import { isLocale, isTheme, type Locale, type Theme } from "@mgs/core/locale";
import { isPortal, type Portal } from "@mgs/core/portals";
import type { Role } from "@mgs/core/roles";
import { canonicalTimeZone } from "@mgs/core/time-zone";
import type { Database } from "@mgs/db/client";
import { queryPrepared } from "@mgs/db/prepared";

export type User = {
  id: number;
  email: string;
  name: string;
  role: Role;
  /** Names of the role for people. */
  roleNames: Readonly<Record<Locale, string>>;
  /** Portals that the role opens; `portalsOpenTo` knows what administrators may. */
  portals: readonly Portal[];
  /** Actions that the role was granted. */
  permissions: readonly string[];
  locale: Locale;
  theme: Theme;
  /** The zone that this person's times are written in; null follows their browser. */
  timeZone: string | null;
  disabledAt: Date | null;
};

export type UserRow = Omit<User, "role" | "roleNames" | "portals" | "locale" | "theme"> & {
  role: string;
  roleNameFr: string;
  roleNameEn: string;
  portals: readonly string[];
  locale: string;
  theme: string;
};

/** Narrows the types of columns that CHECK constraints guard. */
export function toUser({ roleNameFr, roleNameEn, portals, locale, theme, timeZone, ...row }: UserRow): User {
  const { id, email, name, role, permissions, disabledAt } = row;
  if (!isLocale(locale) || !isTheme(theme)) throw new Error(`user ${id} has an unknown language or theme`);
  const roleNames = { fr: roleNameFr, en: roleNameEn };
  const rights = { role, roleNames, portals: portals.filter(isPortal), permissions };
  // A zone that this release does not know any more counts as none chosen.
  return { id, email, name, ...rights, locale, theme, timeZone: canonicalTimeZone(timeZone), disabledAt };
}

/** Columns of a `UserRow` of the table that goes by `u`, with its role, which goes by `r`. */
export const USER_COLUMNS = `u.id, u.email, u.name, u.role, r.name_fr AS "roleNameFr", r.name_en AS "roleNameEn",
  r.portals, r.permissions, u.locale, u.theme, u.time_zone AS "timeZone", u.disabled_at AS "disabledAt"`;

/** Joins the role of the person `u`. Where no column of it is read, the planner leaves the join out. */
export const JOIN_ROLE = "LEFT JOIN roles r ON r.slug = u.role";

/** A person whom a search has found. */
export type MatchedUser = Pick<User, "id" | "email" | "name" | "role" | "roleNames">;

const FIND = { name: "find-user", text: `SELECT ${USER_COLUMNS} FROM users u ${JOIN_ROLE} WHERE u.id = $1::bigint` };

export async function findUser(database: Database, id: number): Promise<User | null> {
  const row = (await queryPrepared<UserRow>(database, FIND, [id]))[0];
  return row ? toUser(row) : null;
}

/** `mustChange`: the password lets its owner do nothing but choose another one. */
type Credentials = { passwordHash: string; mustChange: boolean };

const FIND_CREDENTIALS = {
  name: "find-credentials",
  text: `SELECT ${USER_COLUMNS}, u.password_hash AS "passwordHash", u.password_must_change AS "mustChange" FROM users u ${JOIN_ROLE}
    WHERE u.email = $1 AND NOT u.hidden`,
};

/** With the password hash: for sign-in alone. An account of our own signs in nowhere. */
export async function findCredentials(database: Database, email: string): Promise<(User & Credentials) | null> {
  const row = (await queryPrepared<UserRow & Credentials>(database, FIND_CREDENTIALS, [email]))[0];
  return row ? { ...toUser(row), passwordHash: row.passwordHash, mustChange: row.mustChange } : null;
}

/** When the browsers in which an account was signed in were last forgotten; null: they never were. */
export async function findKnownDevicesSince(database: Database, email: string): Promise<Date | null> {
  const row = await database.user.findUnique({ where: { email }, select: { knownDevicesSince: true } });
  return row?.knownDevicesSince ?? null;
}

/** Active people whose name or address contains every word, best names first. */
export async function matchUsers(database: Database, words: readonly string[], limit: number): Promise<MatchedUser[]> {
  const rows = await database.user.findMany({
    where: {
      disabledAt: null,
      hidden: false,
      AND: words.map((word) => ({
        OR: [
          { name: { contains: word, mode: "insensitive" as const } },
          { email: { contains: word, mode: "insensitive" as const } },
        ],
      })),
    },
    select: { id: true, email: true, name: true, role: true, roleRow: { select: { nameFr: true, nameEn: true } } },
    orderBy: [{ name: "asc" }, { id: "asc" }],
    take: limit,
  });
  return rows.map(({ roleRow: { nameFr, nameEn }, ...user }) => ({ ...user, roleNames: { fr: nameFr, en: nameEn } }));
}

export async function savePreferences(
  database: Database,
  id: number,
  data: { locale?: Locale; theme?: Theme; timeZone?: string | null },
): Promise<Pick<User, "locale" | "theme" | "timeZone">> {
  const select = { locale: true, theme: true, timeZone: true };
  const { locale, theme, timeZone } = await database.user.update({ where: { id }, data, select });
  if (!isLocale(locale) || !isTheme(theme)) throw new Error(`user ${id} has an unknown language or theme`);
  return { locale, theme, timeZone: canonicalTimeZone(timeZone) };
}
