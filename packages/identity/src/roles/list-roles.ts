import type { Actor } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import type { Database } from "@mgs/db/client";
import { isAdministratorRole, isMasterOf, requirePermission } from "../permissions";
import { type RoleSummary, toRoleSummary } from "./role-dto";
import { countPeopleOf, findRoles } from "./roles.repository";

/** A list counts a role's people no further. */
export const MAX_COUNTED_PEOPLE = 10_000;

/** All roles, with the number of their people (up to `MAX_COUNTED_PEOPLE`). @throws AppError FORBIDDEN */
export async function listRoles(
  deps: { database: Database },
  actor: Actor,
): Promise<(RoleSummary & { people: number })[]> {
  requirePermission(actor, "roles.read");
  const rows = await findRoles(deps.database);
  return Promise.all(
    rows.map(async (row) => ({
      ...toRoleSummary(row, isAdministratorRole(row.slug)),
      people: await countPeopleOf(deps.database, row.slug, MAX_COUNTED_PEOPLE),
    })),
  );
}

/** One role. @throws AppError FORBIDDEN, ROLE_NOT_FOUND */
export async function findRole(deps: { database: Database }, actor: Actor, slug: string): Promise<RoleSummary> {
  requirePermission(actor, "roles.read");
  const row = (await findRoles(deps.database)).find((one) => one.slug === slug);
  if (!row) throw new AppError("ROLE_NOT_FOUND");
  return toRoleSummary(row, isAdministratorRole(row.slug));
}

/** The roles by which people are filtered, and whether the actor may give each. @throws AppError FORBIDDEN */
export async function listRoleChoices(
  deps: { database: Database },
  actor: Actor,
): Promise<{ slug: string; names: RoleSummary["names"]; mayGive: boolean }[]> {
  requirePermission(actor, "accounts.read");
  const rows = await findRoles(deps.database);
  return rows.map((row) => ({
    slug: row.slug,
    names: { fr: row.nameFr, en: row.nameEn },
    mayGive: isMasterOf(actor, { role: row.slug, portals: row.portals, permissions: row.permissions }),
  }));
}
