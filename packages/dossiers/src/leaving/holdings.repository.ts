import { type Database, Prisma, type Transaction } from "@mgs/db/client";

const OPEN = Prisma.sql`state IN ('nouveau', 'en_cours', 'en_attente')`;

/** Counts the open dossiers that somebody has in hand, up to `limit`. */
export async function countAssigned(database: Database, userId: number, limit: number): Promise<number> {
  const rows = await database.$queryRaw<{ dossiers: number }[]>`
    SELECT count(*)::int AS dossiers FROM (
      SELECT FROM dossiers WHERE assignee_id = ${userId} AND ${OPEN} LIMIT ${limit}) AS counted`;
  return rows[0]?.dossiers ?? 0;
}

/** Some of them, the newest first. */
export async function readAssigned(
  database: Database,
  userId: number,
  limit: number,
): Promise<{ id: string; title: string }[]> {
  return database.$queryRaw<{ id: string; title: string }[]>`
    SELECT id::text, reference || ' ' || title AS title FROM dossiers WHERE assignee_id = ${userId} AND ${OPEN}
    ORDER BY id DESC LIMIT ${limit}`;
}

/** Gives open dossiers of one person to another, the oldest first. @returns their ids in their order */
export async function moveAssigned(
  tx: Transaction,
  { from, to, limit, at }: { from: number; to: number; limit: number; at: Date },
): Promise<number[]> {
  const rows = await tx.$queryRaw<{ id: number }[]>`
    UPDATE dossiers d SET assignee_id = ${to}, updated_at = ${at} FROM (
      SELECT id FROM dossiers WHERE assignee_id = ${from} AND ${OPEN} ORDER BY id LIMIT ${limit} FOR UPDATE) AS held
    WHERE d.id = held.id RETURNING d.id`;
  const ids = rows.map(({ id }) => id).sort((a, b) => a - b);
  await tx.dossierPerson.deleteMany({ where: { dossierId: { in: ids }, userId: from, reason: "assignee" } });
  return ids;
}

/** Counts the opinions that somebody was asked for and has not given, up to `limit`. */
export async function countAsked(database: Database, userId: number, limit: number): Promise<number> {
  const rows = await database.$queryRaw<{ opinions: number }[]>`
    SELECT count(*)::int AS opinions FROM (
      SELECT FROM dossier_opinions WHERE asked_user_id = ${userId} AND answered_at IS NULL AND withdrawn_at IS NULL
      LIMIT ${limit}) AS counted`;
  return rows[0]?.opinions ?? 0;
}

/** Some of them, the newest first, by their dossiers. */
export async function readAsked(
  database: Database,
  userId: number,
  limit: number,
): Promise<{ id: string; title: string }[]> {
  return database.$queryRaw<{ id: string; title: string }[]>`
    SELECT o.id::text, d.reference || ' ' || d.title AS title
    FROM dossier_opinions o JOIN dossiers d ON d.id = o.dossier_id
    WHERE o.asked_user_id = ${userId} AND o.answered_at IS NULL AND o.withdrawn_at IS NULL
    ORDER BY o.asked_at DESC LIMIT ${limit}`;
}

/** Asks another person for opinions instead, the oldest first. */
export async function moveAsked(
  tx: Transaction,
  { from, to, limit }: { from: number; to: number; limit: number },
): Promise<{ id: string; dossierId: number; dueOn: string | null; question: string }[]> {
  // Dossiers are locked before what is theirs.
  const held = await tx.$queryRaw<{ id: string; dossierId: number }[]>`
    SELECT id::text, dossier_id AS "dossierId" FROM dossier_opinions
    WHERE asked_user_id = ${from} AND answered_at IS NULL AND withdrawn_at IS NULL ORDER BY dossier_id, id LIMIT ${limit}`;
  if (held.length === 0) return [];
  const dossierIds = [...new Set(held.map(({ dossierId }) => dossierId))];
  await tx.$executeRaw`SELECT FROM dossiers WHERE id = ANY(${dossierIds}::int[]) ORDER BY id FOR UPDATE`;
  const rows = await tx.$queryRaw<{ id: string; dossierId: number; dueOn: string | null; question: string }[]>`
    UPDATE dossier_opinions SET asked_user_id = ${to}
    WHERE id = ANY(${held.map(({ id }) => id)}::uuid[]) AND asked_user_id = ${from} AND answered_at IS NULL
      AND withdrawn_at IS NULL
    RETURNING id::text, dossier_id AS "dossierId", due_on::text AS "dueOn", question`;
  return rows.sort((one, other) => one.dossierId - other.dossierId);
}
