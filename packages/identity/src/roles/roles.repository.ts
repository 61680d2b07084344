import { ADMINISTRATOR_ROLE, type Role } from "@mgs/core/roles";
import { type Database, Prisma, type Transaction } from "@mgs/db/client";

export type RoleRow = {
  slug: Role;
  nameFr: string;
  nameEn: string;
  builtIn: boolean;
  portals: string[];
  permissions: string[];
  version: number;
};

const COLUMNS = Prisma.sql`r.slug, r.name_fr AS "nameFr", r.name_en AS "nameEn", r.built_in AS "builtIn", r.portals, r.permissions,
  r.version`;

/** All roles: those that every installation has first, in the order in which they came to be. */
export async function findRoles(database: Database | Transaction): Promise<RoleRow[]> {
  return database.$queryRaw<RoleRow[]>`
    SELECT ${COLUMNS} FROM roles r ORDER BY r.built_in DESC, r.slug = ${ADMINISTRATOR_ROLE} DESC, r.created_at, r.slug`;
}

/**
 * Finds a role and keeps it until the transaction ends: it is not removed before a person of it is stored, and its rights do
 * not change while somebody decides by them.
 */
export async function lockRoleForUse(tx: Transaction, slug: Role): Promise<RoleRow | null> {
  const rows = await tx.$queryRaw<RoleRow[]>`SELECT ${COLUMNS} FROM roles r WHERE r.slug = ${slug} FOR SHARE`;
  return rows[0] ?? null;
}
