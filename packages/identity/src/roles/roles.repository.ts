import { ADMINISTRATOR_ROLE, type Role } from "@mgs/core/roles";
import { type Database, Prisma, type Transaction } from "@mgs/db/client";
import type { LiveUserSession } from "@mgs/module/identity-hooks";

export type RoleRow = {
  slug: Role;
  nameFr: string;
  nameEn: string;
  builtIn: boolean;
  portals: string[];
  permissions: string[];
  version: number;
};

export type RoleValues = Pick<RoleRow, "nameFr" | "nameEn" | "portals" | "permissions">;

const COLUMNS = Prisma.sql`r.slug, r.name_fr AS "nameFr", r.name_en AS "nameEn", r.built_in AS "builtIn", r.portals, r.permissions,
  r.version`;

/** All roles: those that every installation has first, in the order in which they came to be. */
export async function findRoles(database: Database | Transaction): Promise<RoleRow[]> {
  return database.$queryRaw<RoleRow[]>`
    SELECT ${COLUMNS} FROM roles r
    ORDER BY r.built_in DESC, r.slug = ${ADMINISTRATOR_ROLE} DESC, r.created_at, r.slug`;
}

/**
 * Finds a role and keeps it until the transaction ends: it is not removed before a person of it is stored, and its rights do
 * not change while somebody decides by them.
 */
export async function lockRoleForUse(tx: Transaction, slug: Role): Promise<RoleRow | null> {
  const rows = await tx.$queryRaw<RoleRow[]>`SELECT ${COLUMNS} FROM roles r WHERE r.slug = ${slug} FOR SHARE`;
  return rows[0] ?? null;
}

/** Finds a role for a change of it. */
export async function lockRole(tx: Transaction, slug: Role): Promise<RoleRow | null> {
  const rows = await tx.$queryRaw<RoleRow[]>`SELECT ${COLUMNS} FROM roles r WHERE r.slug = ${slug} FOR UPDATE`;
  return rows[0] ?? null;
}

/** @returns false when the slug is taken */
export async function insertRole(tx: Transaction, role: RoleValues & { slug: Role }): Promise<boolean> {
  const { count } = await tx.role.createMany({ data: [role], skipDuplicates: true });
  return count === 1;
}

export async function updateRoleRow(tx: Transaction, slug: Role, values: RoleValues): Promise<void> {
  await tx.role.update({ where: { slug }, data: { ...values, version: { increment: 1 } } });
}

export async function deleteRoleRow(tx: Transaction, slug: Role): Promise<void> {
  await tx.role.delete({ where: { slug } });
}

/** Counts a role's people up to `limit`, the product's own accounts as well. */
export async function countPeopleOf(database: Database | Transaction, slug: Role, limit: number): Promise<number> {
  const rows = await database.$queryRaw<{ people: number }[]>`
    SELECT count(*)::int AS people FROM (SELECT FROM users WHERE role = ${slug} LIMIT ${limit}) AS counted`;
  return rows[0]?.people ?? 0;
}

/** Gives all people of a role another one. @returns their ids */
export async function movePeople(tx: Transaction, from: Role, to: Role): Promise<number[]> {
  const rows = await tx.$queryRaw<{ id: number }[]>`
    UPDATE users SET role = ${to}, version = version + 1 WHERE role = ${from} RETURNING id`;
  return rows.map(({ id }) => id);
}

/** Live sign-ins that began before `before`, of a role's people or of some people, for their end. */
export async function lockSessionsOf(
  tx: Transaction,
  whose: { role: Role } | { userIds: readonly number[] },
  before: Date,
  limit: number,
): Promise<LiveUserSession[]> {
  const people =
    "role" in whose ? Prisma.sql`u.role = ${whose.role}` : Prisma.sql`u.id = ANY(${[...whose.userIds]}::int[])`;
  return tx.$queryRaw<LiveUserSession[]>`
    SELECT s.id, s.user_id AS "userId", s.oidc_session_uid AS "oidcSessionUid"
    FROM user_sessions s JOIN users u ON u.id = s.user_id
    WHERE ${people} AND s.ended_at IS NULL AND s.created_at <= ${before}
    ORDER BY s.id LIMIT ${limit} FOR UPDATE OF s`;
}
