import { isLocale, type Locale } from "@mgs/core/locale";
import { isPortal } from "@mgs/core/portals";
import type { RoleRights } from "@mgs/core/roles";
import type { Database, Transaction } from "@mgs/db/client";
import { Prisma } from "@mgs/db/client";
import { JOIN_ROLE } from "../users.repository";

/** A person as other domains name them, and judge what they may see. */
export type PersonRights = Required<Pick<RoleRights, "role">> &
  RoleRights & { id: number; name: string; locale: Locale; disabled: boolean };

type Row = Omit<PersonRights, "locale"> & { locale: string; portals: string[]; permissions: string[] };

const SELECT = Prisma.raw(`SELECT u.id, u.name, u.role, u.locale, u.disabled_at IS NOT NULL AS disabled,
  COALESCE(r.portals, '{}') AS portals, COALESCE(r.permissions, '{}') AS permissions FROM users u ${JOIN_ROLE}`);

/** Finds people by their ids, disabled ones included; an id of nobody is left out. */
export async function findPeopleRights(
  database: Database | Transaction,
  ids: readonly number[],
): Promise<PersonRights[]> {
  if (ids.length === 0) return [];
  const rows = await database.$queryRaw<Row[]>`${SELECT} WHERE u.id = ANY(${[...ids]}::int[]) AND NOT u.hidden`;
  return rows.map(toRights);
}

/** Finds the people of a role whose accounts are open, up to `limit`. */
export async function findPeopleOfRole(
  database: Database | Transaction,
  role: string,
  limit: number,
): Promise<PersonRights[]> {
  const rows = await database.$queryRaw<Row[]>`
    ${SELECT} WHERE u.role = ${role} AND u.disabled_at IS NULL AND NOT u.hidden ORDER BY u.id LIMIT ${limit}`;
  return rows.map(toRights);
}

function toRights({ locale, portals, ...row }: Row): PersonRights {
  return { ...row, locale: isLocale(locale) ? locale : "fr", portals: portals.filter(isPortal) };
}
