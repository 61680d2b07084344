import type { StandIn } from "@mgs/calendar/absences.repository";
import type { Actor } from "@mgs/core/actor";
import { type Database, Prisma, type Transaction } from "@mgs/db/client";
import type { List } from "@mgs/records/lists/list";
import { visibleDossiers } from "../access.repository";

/** A session as it stands in the database, with its participants in the order of their numbers. */
export type SeanceRow = {
  id: number;
  title: string;
  place: string;
  startsAt: Date;
  endsAt: Date;
  isPublic: boolean;
  dossierId: number | null;
  createdBy: number | null;
  createdAt: Date;
  deletedAt: Date | null;
  participants: number[];
  /** Who stands in for somebody who is absent: for a participant, or for a reader whom a comment names. */
  substitutes: StandIn[];
};

/** What a list of sessions is narrowed to. */
export type SeanceFilter = {
  from?: Date | undefined;
  before?: Date | undefined;
  dossier?: number | undefined;
  deleted?: boolean | undefined;
};

/** Sessions by their beginning. */
export const seanceList: List<SeanceFilter> = {
  name: "seances",
  table: Prisma.sql`seances r`,
  id: { value: Prisma.sql`r.id`, type: "integer" },
  sorts: { starts: { value: Prisma.sql`r.starts_at`, type: "timestamptz" } },
  words: Prisma.sql`record_words(r.title || ' ' || r.place)`,
  conditions: ({ from, before, dossier, deleted }) => [
    deleted ? Prisma.sql`r.deleted_at IS NOT NULL` : Prisma.sql`r.deleted_at IS NULL`,
    ...(from === undefined ? [] : [Prisma.sql`r.starts_at >= ${from}`]),
    ...(before === undefined ? [] : [Prisma.sql`r.starts_at < ${before}`]),
    ...(dossier === undefined ? [] : [Prisma.sql`r.dossier_id = ${dossier}`]),
  ],
};

/**
 * The condition that an actor sees the session `r`; null: they see every one. Its participants do, who stands in for
 * one, who made it, and who sees its dossier. It is the only rule of access to sessions.
 */
export function visibleSeances(actor: Actor): Prisma.Sql | null {
  const visible = visibleDossiers(actor);
  if (visible === null) return null;
  if (actor.kind !== "user") return Prisma.sql`FALSE`;
  // The inner `r` is the dossier of the rule.
  return Prisma.sql`r.id IN (
    SELECT p.seance_id FROM seance_participants p WHERE p.user_id = ${actor.userId}
    UNION ALL SELECT s.seance_id FROM seance_substitutes s WHERE s.user_id = ${actor.userId}
    UNION ALL SELECT s.id FROM seances s WHERE s.created_by = ${actor.userId}
    UNION ALL SELECT s.id FROM seances s JOIN dossiers r ON r.id = s.dossier_id WHERE ${visible})`;
}

const COLUMNS = Prisma.sql`r.id, r.title, r.place, r.starts_at AS "startsAt", r.ends_at AS "endsAt", r.is_public AS "isPublic",
  r.dossier_id AS "dossierId", r.created_by AS "createdBy", r.created_at AS "createdAt", r.deleted_at AS "deletedAt",
  ARRAY(SELECT p.user_id FROM seance_participants p WHERE p.seance_id = r.id ORDER BY p.user_id) AS participants,
  (SELECT COALESCE(json_agg(json_build_object('userId', s.user_id, 'forUserId', s.for_user_id) ORDER BY s.user_id, s.for_user_id), '[]')
   FROM seance_substitutes s WHERE s.seance_id = r.id) AS substitutes`;

/** Reads sessions in the order of the ids, which a list of what the actor sees has found. */
export async function readSeanceRows(database: Database | Transaction, ids: readonly number[]): Promise<SeanceRow[]> {
  if (ids.length === 0) return [];
  return database.$queryRaw<SeanceRow[]>`
    SELECT ${COLUMNS} FROM unnest(${[...ids]}::int[]) WITH ORDINALITY AS asked (id, place)
    JOIN seances r ON r.id = asked.id ORDER BY asked.place`;
}

/** Finds a session that an actor sees, also one that was cancelled. */
export async function findSeanceRow(
  database: Database | Transaction,
  actor: Actor,
  id: number,
): Promise<SeanceRow | null> {
  const rows = await database.$queryRaw<SeanceRow[]>`
    SELECT ${COLUMNS} FROM seances r WHERE r.id = ${id} AND ${visibleSeances(actor) ?? Prisma.sql`TRUE`}`;
  return rows[0] ?? null;
}

/** The same for a change: others who change it wait. */
export async function lockSeanceRow(tx: Transaction, actor: Actor, id: number): Promise<SeanceRow | null> {
  await tx.$executeRaw`SELECT FROM seances WHERE id = ${id} FOR UPDATE`;
  return findSeanceRow(tx, actor, id);
}

type SeanceData = Omit<SeanceRow, "id" | "createdBy" | "createdAt" | "deletedAt" | "substitutes">;

export async function insertSeance(
  tx: Transaction,
  { participants, ...data }: SeanceData & { createdBy: number; createdAt: Date },
): Promise<number> {
  const { id } = await tx.seance.create({ data, select: { id: true } });
  await tx.seanceParticipant.createMany({ data: participants.map((userId) => ({ seanceId: id, userId })) });
  return id;
}

/** Writes what a change gives; participants are those that it lists. Who stood in for one of the others does so no more. */
export async function updateSeance(
  tx: Transaction,
  id: number,
  { participants, ...data }: Partial<SeanceData>,
): Promise<void> {
  if (Object.keys(data).length > 0) await tx.seance.update({ where: { id }, data });
  if (participants === undefined) return;
  const removed = await tx.seanceParticipant.findMany({ where: { seanceId: id, userId: { notIn: participants } } });
  const userIds = removed.map(({ userId }) => userId);
  await tx.seanceParticipant.deleteMany({ where: { seanceId: id, userId: { in: userIds } } });
  await tx.seanceSubstitute.deleteMany({ where: { seanceId: id, forUserId: { in: userIds } } });
  await addParticipants(tx, id, participants);
}

export async function addParticipants(tx: Transaction, seanceId: number, userIds: readonly number[]): Promise<void> {
  await tx.seanceParticipant.createMany({
    data: userIds.map((userId) => ({ seanceId, userId })),
    skipDuplicates: true,
  });
}

/** Lets people stand in for somebody at a session. */
export async function addSubstitutes(tx: Transaction, seanceId: number, standIns: readonly StandIn[]): Promise<void> {
  await tx.seanceSubstitute.createMany({
    data: standIns.map((standIn) => ({ seanceId, ...standIn })),
    skipDuplicates: true,
  });
}

/** Cancels a session, or restores it (null). */
export async function markSeance(tx: Transaction, id: number, deletedAt: Date | null): Promise<void> {
  await tx.seance.update({ where: { id }, data: { deletedAt } });
}

/** Deletes sessions that were cancelled longer ago than they can be restored. */
export async function purgeSeances(database: Database, maxAgeSeconds: number, limit: number): Promise<number> {
  return database.$executeRaw`
    DELETE FROM seances WHERE id IN (
      SELECT id FROM seances WHERE deleted_at < now() - ${maxAgeSeconds}::int * interval '1 second' LIMIT ${limit})`;
}
