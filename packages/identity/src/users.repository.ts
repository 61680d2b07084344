import { isLocale, isTheme, type Locale, type Theme } from "@mgs/core/locale";
import { isRole, type Role } from "@mgs/core/roles";
import type { Database } from "@mgs/db/client";
import { prepared } from "@mgs/db/prepared";

export type User = {
  id: number;
  email: string;
  name: string;
  role: Role;
  locale: Locale;
  theme: Theme;
  disabledAt: Date | null;
};

const FIELDS = { id: true, email: true, name: true, role: true, locale: true, theme: true, disabledAt: true } as const;

type UserRow = Omit<User, "role" | "locale" | "theme"> & { role: string; locale: string; theme: string };

/** Narrows what CHECK constraints already promise. */
export function toUser(row: UserRow): User {
  const { role, locale, theme } = row;
  if (!isRole(role) || !isLocale(locale) || !isTheme(theme))
    throw new Error(`user ${row.id} has an unknown role, language or theme`);
  return { ...row, role, locale, theme };
}

const FIND = {
  name: "find-user",
  text: `SELECT id, email, name, role, locale, theme, disabled_at AS "disabledAt" FROM users WHERE id = $1::bigint`,
};

export async function findUser(database: Database, id: number): Promise<User | null> {
  const row = (await prepared<UserRow>(database, FIND, [id]))[0];
  return row ? toUser(row) : null;
}

/** With the password hash: for sign-in alone. An account of our own signs in nowhere. */
export async function findCredentials(
  database: Database,
  email: string,
): Promise<(User & { passwordHash: string }) | null> {
  const row = await database.user.findUnique({
    where: { email, hidden: false },
    select: { ...FIELDS, passwordHash: true },
  });
  return row && { ...toUser(row), passwordHash: row.passwordHash };
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
    select: FIELDS,
    orderBy: [{ name: "asc" }, { id: "asc" }],
    take: limit,
  });
  return rows.map(toUser);
}

export async function savePreferences(
  database: Database,
  id: number,
  data: { locale?: Locale; theme?: Theme },
): Promise<User> {
  return toUser(await database.user.update({ where: { id }, data, select: FIELDS }));
}
