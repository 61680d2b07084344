import { isLocale, isTheme, type Locale, type Theme } from "@mgs/core/locale";
import { isRole, type Role } from "@mgs/core/roles";
import { canonicalTimeZone } from "@mgs/core/time-zone";
import type { Database } from "@mgs/db/client";
import { queryPrepared } from "@mgs/db/prepared";

export type User = {
  id: number;
  email: string;
  name: string;
  role: Role;
  locale: Locale;
  theme: Theme;
  /** The zone that this person's times are written in; null follows their browser. */
  timeZone: string | null;
  disabledAt: Date | null;
};

/** Fields of a `UserRow`, for Prisma's `select`. */
export const USER_FIELDS = {
  id: true,
  email: true,
  name: true,
  role: true,
  locale: true,
  theme: true,
  timeZone: true,
  disabledAt: true,
} as const;

export type UserRow = Omit<User, "role" | "locale" | "theme"> & { role: string; locale: string; theme: string };

/** Narrows the types of columns that CHECK constraints guard. */
export function toUser({ id, email, name, role, locale, theme, timeZone, disabledAt }: UserRow): User {
  if (!isRole(role) || !isLocale(locale) || !isTheme(theme))
    throw new Error(`user ${id} has an unknown role, language or theme`);
  // A zone that this release does not know any more counts as none chosen.
  return { id, email, name, role, locale, theme, timeZone: canonicalTimeZone(timeZone), disabledAt };
}

/** Columns of a `UserRow` of the table that goes by `u`. */
export const USER_COLUMNS = `u.id, u.email, u.name, u.role, u.locale, u.theme, u.time_zone AS "timeZone",
  u.disabled_at AS "disabledAt"`;

const FIND = { name: "find-user", text: `SELECT ${USER_COLUMNS} FROM users u WHERE u.id = $1::bigint` };

export async function findUser(database: Database, id: number): Promise<User | null> {
  const row = (await queryPrepared<UserRow>(database, FIND, [id]))[0];
  return row ? toUser(row) : null;
}

const FIND_CREDENTIALS = {
  name: "find-credentials",
  text: `SELECT ${USER_COLUMNS}, u.password_hash AS "passwordHash" FROM users u WHERE u.email = $1 AND NOT u.hidden`,
};

/** With the password hash: for sign-in alone. An account of our own signs in nowhere. */
export async function findCredentials(
  database: Database,
  email: string,
): Promise<(User & { passwordHash: string }) | null> {
  const row = (await queryPrepared<UserRow & { passwordHash: string }>(database, FIND_CREDENTIALS, [email]))[0];
  return row ? { ...toUser(row), passwordHash: row.passwordHash } : null;
}

/** Active people whose name or address contains every word, best names first. */
export async function matchUsers(database: Database, words: readonly string[], limit: number): Promise<User[]> {
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
    select: USER_FIELDS,
    orderBy: [{ name: "asc" }, { id: "asc" }],
    take: limit,
  });
  return rows.map(toUser);
}

export async function savePreferences(
  database: Database,
  id: number,
  data: { locale?: Locale; theme?: Theme; timeZone?: string | null },
): Promise<User> {
  return toUser(await database.user.update({ where: { id }, data, select: USER_FIELDS }));
}
