import type { Database, Transaction } from "@mgs/db/client";
import { findPeopleRights } from "@mgs/identity/users/people-rights.repository";

/** A colleague, and the absent person for whom they stand in, be it along a chain. */
export type StandIn = { userId: number; forUserId: number };

/**
 * Finds who stands in for people on a day, along the chain: where the substitute is away as well, theirs stands in. Absences refuse loops,
 * and a chain that met one would end at its first person. Nobody stands in whose account is disabled meanwhile.
 * @param day `2026-11-30`
 */
export async function findStandIns(
  database: Database | Transaction,
  userIds: readonly number[],
  day: string,
): Promise<StandIn[]> {
  if (userIds.length === 0) return [];
  const rows = await database.$queryRaw<StandIn[]>`
    WITH RECURSIVE chain (person, substitute, path) AS (
      SELECT a.user_id, a.substitute_id, ARRAY[a.user_id] FROM absences a
      WHERE a.user_id = ANY(${[...userIds]}::int[]) AND a.ended_at IS NULL AND ${day}::date BETWEEN a.first_day AND a.last_day
      UNION ALL
      SELECT c.person, a.substitute_id, c.path || a.user_id FROM chain c
      JOIN absences a ON a.user_id = c.substitute AND a.ended_at IS NULL AND ${day}::date BETWEEN a.first_day AND a.last_day
      WHERE NOT a.user_id = ANY(c.path)
    )
    SELECT DISTINCT substitute AS "userId", person AS "forUserId" FROM chain WHERE substitute <> person ORDER BY 1, 2`;
  const people = await findPeopleRights(
    database,
    rows.map(({ userId }) => userId),
  );
  const open = new Set(people.filter(({ disabled }) => !disabled).map(({ id }) => id));
  return rows.filter(({ userId }) => open.has(userId));
}

/** The same where it does not matter who stands in for whom: without those who are among the people themselves. */
export async function findSubstitutes(
  database: Database | Transaction,
  userIds: readonly number[],
  day: string,
): Promise<number[]> {
  const standIns = await findStandIns(database, userIds, day);
  return [...new Set(standIns.map(({ userId }) => userId))].filter((id) => !userIds.includes(id));
}

export type AbsenceRow = {
  id: string;
  userId: number;
  substituteId: number;
  firstDay: string;
  lastDay: string;
  endedAt: Date | null;
};

type NewAbsence = Omit<AbsenceRow, "endedAt"> & { at: Date };

/** Waits for everybody else who names a substitute: two who name each other at once would make a loop. */
export async function lockAbsences(tx: Transaction): Promise<void> {
  await tx.$executeRaw`LOCK TABLE absences IN SHARE ROW EXCLUSIVE MODE`;
}

/** Tells whether a person has an absence that shares a day with these. */
export async function hasAbsenceWithin(
  tx: Transaction,
  userId: number,
  firstDay: string,
  lastDay: string,
): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM absences WHERE user_id = ${userId} AND ended_at IS NULL
      AND first_day <= ${lastDay}::date AND last_day >= ${firstDay}::date LIMIT 1`;
  return rows.length > 0;
}

/**
 * Tells whether an absence would come back to its own person: on some day of it, the colleague, or whoever stands in for them, is away and
 * has named that person. Each step keeps the days that it shares with those before.
 */
export async function wouldLoop(tx: Transaction, absence: Omit<NewAbsence, "at" | "id">): Promise<boolean> {
  const { userId, substituteId, firstDay, lastDay } = absence;
  const rows = await tx.$queryRaw<unknown[]>`
    WITH RECURSIVE chain (substitute, first_day, last_day, path) AS (
      SELECT ${substituteId}::int, ${firstDay}::date, ${lastDay}::date, ARRAY[${substituteId}::int]
      UNION ALL
      SELECT a.substitute_id, GREATEST(c.first_day, a.first_day), LEAST(c.last_day, a.last_day), c.path || a.substitute_id
      FROM chain c JOIN absences a ON a.user_id = c.substitute AND a.ended_at IS NULL
        AND a.first_day <= c.last_day AND a.last_day >= c.first_day
      WHERE NOT a.substitute_id = ANY(c.path)
    )
    SELECT 1 FROM chain WHERE substitute = ${userId} LIMIT 1`;
  return rows.length > 0;
}

export async function insertAbsence(tx: Transaction, absence: NewAbsence): Promise<void> {
  const { id, userId, substituteId, firstDay, lastDay, at } = absence;
  await tx.$executeRaw`
    INSERT INTO absences (id, user_id, substitute_id, first_day, last_day, created_at)
    VALUES (${id}::uuid, ${userId}, ${substituteId}, ${firstDay}::date, ${lastDay}::date, ${at})`;
}

const COLUMNS = `id, user_id AS "userId", substitute_id AS "substituteId", first_day::text AS "firstDay",
  last_day::text AS "lastDay", ended_at AS "endedAt"`;

/** Absences of a person, and those in which they stand in, that have days from `day` on; the next first. */
export async function findAbsencesOf(
  database: Database,
  userId: number,
  day: string,
  limit: number,
): Promise<AbsenceRow[]> {
  return database.$queryRawUnsafe<AbsenceRow[]>(
    `SELECT ${COLUMNS} FROM absences WHERE (user_id = $1 OR substitute_id = $1) AND ended_at IS NULL AND last_day >= $2::date
     ORDER BY first_day, id LIMIT $3`,
    userId,
    day,
    limit,
  );
}

export async function findAbsence(database: Database | Transaction, id: string): Promise<AbsenceRow | null> {
  const rows = await database.$queryRawUnsafe<AbsenceRow[]>(`SELECT ${COLUMNS} FROM absences WHERE id = $1::uuid`, id);
  return rows[0] ?? null;
}

/** @returns false when it had ended already */
export async function markAbsenceEnded(tx: Transaction, id: string, at: Date): Promise<boolean> {
  const count = await tx.$executeRaw`
    UPDATE absences SET ended_at = ${at} WHERE id = ${id}::uuid AND ended_at IS NULL`;
  return count > 0;
}
