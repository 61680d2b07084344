import type { Actor } from "@mgs/core/actor";
import { type Database, Prisma, type Transaction } from "@mgs/db/client";
import type { AccessReason } from "./contract/rules";
import { can } from "./permissions";

/**
 * The condition that an actor sees the dossier `r`; null: they see every one. It is the only rule of access to dossiers: pages, lists,
 * search, exports, boards, figures, channels and mentions all ask it.
 */
export function visibleDossiers(actor: Actor): Prisma.Sql | null {
  const ids = seenIds(actor);
  return ids && Prisma.sql`r.id IN (${ids})`;
}

/**
 * The same condition for a reading that goes through all that an actor sees. The ids are gathered first, and `dossiers_seen_idx` is read once, in its
 * order, where `IN` looks each of tens of thousands up by itself. PostgreSQL begins with them whatever else is asked: not for one dossier, and not
 * beside a condition that leaves fewer than somebody sees.
 */
export function gatheredDossiers(actor: Actor): Prisma.Sql | null {
  const ids = seenIds(actor);
  return ids && Prisma.sql`r.id = ANY (ARRAY(${ids}))`;
}

/** The ids of what an actor sees, some of them several times; null: every one. */
function seenIds(actor: Actor): Prisma.Sql | null {
  if (actor.kind === "system" || can(actor, "dossiers.read-all")) return null;
  if (actor.kind === "client") return Prisma.sql`SELECT NULL::int WHERE FALSE`;
  return Prisma.sql`
    SELECT p.dossier_id FROM dossier_people p WHERE p.user_id = ${actor.userId}
    UNION ALL
    SELECT o.dossier_id FROM dossier_opinions o WHERE o.asked_role = ${actor.role} AND o.withdrawn_at IS NULL`;
}

/** Of these people without the right to see all, those who see one dossier. */
export async function findPeopleWithAccess(
  database: Database | Transaction,
  dossierId: number,
  people: readonly { id: number; role: string }[],
): Promise<Set<number>> {
  const ids = people.map(({ id }) => id);
  const [listed, asked] = await Promise.all([
    database.dossierPerson.findMany({ where: { dossierId, userId: { in: ids } }, select: { userId: true } }),
    database.dossierOpinion.findMany({
      where: { dossierId, withdrawnAt: null, askedRole: { not: null } },
      select: { askedRole: true },
    }),
  ]);
  const roles = new Set(asked.map(({ askedRole }) => askedRole));
  return new Set([
    ...listed.map(({ userId }) => userId),
    ...people.filter(({ role }) => roles.has(role)).map(({ id }) => id),
  ]);
}

/** Everybody who sees a dossier without the right to see all, and every person and role that was ever asked for an opinion on it. */
export async function findReaders(
  database: Database | Transaction,
  dossierId: number,
): Promise<{ userIds: number[]; roles: string[] }> {
  const [people, asked] = await Promise.all([
    database.dossierPerson.findMany({ where: { dossierId }, select: { userId: true }, distinct: ["userId"] }),
    database.dossierOpinion.findMany({
      where: { dossierId },
      select: { askedUserId: true, askedRole: true },
      distinct: ["askedUserId", "askedRole"],
    }),
  ]);
  const userIds = new Set([
    ...people.map(({ userId }) => userId),
    ...asked.flatMap(({ askedUserId }) => askedUserId ?? []),
  ]);
  const roles = new Set(asked.flatMap(({ askedRole }) => askedRole ?? []));
  return { userIds: [...userIds], roles: [...roles] };
}

/** Notes why somebody sees a dossier; once is enough. */
export async function addAccess(
  tx: Transaction,
  dossierId: number,
  userIds: readonly number[],
  reason: AccessReason,
): Promise<void> {
  await tx.dossierPerson.createMany({
    data: userIds.map((userId) => ({ dossierId, userId, reason })),
    skipDuplicates: true,
  });
}

/** Takes a reason away; others may remain. */
export async function removeAccess(
  tx: Transaction,
  dossierId: number,
  userId: number,
  reason: AccessReason,
): Promise<boolean> {
  const { count } = await tx.dossierPerson.deleteMany({ where: { dossierId, userId, reason } });
  return count > 0;
}

/** Everybody who follows a dossier, and is told of what happens to it: followers, the assignee and who stands in for them. */
export async function findFollowers(database: Database | Transaction, dossierId: number): Promise<number[]> {
  const rows = await database.dossierPerson.findMany({
    where: { dossierId, reason: { in: ["follower", "assignee", "substitute"] } },
    select: { userId: true },
    distinct: ["userId"],
  });
  return rows.map(({ userId }) => userId);
}

/** Who follows each of some dossiers of their own will, the longest first. */
export async function findFollowersOf(
  database: Database,
  dossierIds: readonly number[],
): Promise<{ dossierId: number; userId: number }[]> {
  return database.dossierPerson.findMany({
    where: { dossierId: { in: [...dossierIds] }, reason: "follower" },
    orderBy: [{ dossierId: "asc" }, { since: "asc" }, { userId: "asc" }],
    select: { dossierId: true, userId: true },
  });
}

export type AccessRow = { userId: number; reason: AccessReason; since: Date };

/** Every reason why somebody sees a dossier, the oldest first. */
export async function findAccess(database: Database | Transaction, dossierId: number): Promise<AccessRow[]> {
  const rows = await database.dossierPerson.findMany({
    where: { dossierId },
    orderBy: [{ since: "asc" }, { userId: "asc" }],
    select: { userId: true, reason: true, since: true },
  });
  return rows.map((row) => ({ ...row, reason: row.reason as AccessReason }));
}
