import type { Database } from "@mgs/db/client";

/** Where a sign of life comes from: a tab of a person on a record. */
export type Place = { subjectType: string; subjectId: string; userId: number; tab: string };

/** The tab of typing that came from a client with a socket: it says who types, and not who is there, which the socket does. */
export const SOCKET_TAB = "socket:";

/** Notes a sign of life. @returns true when the person was not there before */
export async function noteSign(
  database: Database,
  place: Place,
  { now, since, typed }: { now: Date; since: Date; typed: boolean },
): Promise<boolean> {
  const { subjectType, subjectId, userId, tab } = place;
  // The sub-query reads what stood before the statement.
  const rows = await database.$queryRaw<{ arrived: boolean }[]>`
    WITH noted AS (
      INSERT INTO presence_signs AS s (subject_type, subject_id, user_id, tab, seen_at, typed_at)
      VALUES (${subjectType}, ${subjectId}, ${userId}, ${tab}, ${now}, ${typed ? now : null})
      ON CONFLICT (subject_type, subject_id, user_id, tab)
        DO UPDATE SET seen_at = EXCLUDED.seen_at, typed_at = COALESCE(EXCLUDED.typed_at, s.typed_at))
    SELECT NOT EXISTS (SELECT FROM presence_signs WHERE subject_type = ${subjectType} AND subject_id = ${subjectId}
      AND user_id = ${userId} AND seen_at > ${since} AND tab <> ${SOCKET_TAB}) AS arrived`;
  return rows[0]?.arrived ?? false;
}

/** Takes a tab's sign away. @returns true when it was the person's last */
export async function removeSign(database: Database, place: Place, since: Date): Promise<boolean> {
  const { count } = await database.presenceSign.deleteMany({ where: place });
  return count > 0 && !(await isPresent(database, place, since));
}

export async function isPresent(
  database: Database,
  { subjectType, subjectId, userId }: Omit<Place, "tab">,
  since: Date,
): Promise<boolean> {
  const where = { subjectType, subjectId, userId, seenAt: { gt: since }, tab: { not: SOCKET_TAB } };
  return (await database.presenceSign.findFirst({ where, select: { tab: true } })) !== null;
}

/** Who has given a sign of life on a record since a time, each once. */
export async function findPresent(
  database: Database,
  subject: { type: string; id: string },
  since: Date,
): Promise<number[]> {
  const rows = await database.presenceSign.findMany({
    where: { subjectType: subject.type, subjectId: subject.id, seenAt: { gt: since }, tab: { not: SOCKET_TAB } },
    distinct: ["userId"],
    select: { userId: true },
  });
  return rows.map(({ userId }) => userId);
}

/** Who has typed on a record since a time. */
export async function findTyping(
  database: Database,
  subject: { type: string; id: string },
  since: Date,
): Promise<Set<number>> {
  const rows = await database.presenceSign.findMany({
    where: { subjectType: subject.type, subjectId: subject.id, typedAt: { gte: since } },
    select: { userId: true },
  });
  return new Set(rows.map(({ userId }) => userId));
}

/** Takes signs away that are older than a time. @returns those taken away */
export async function takeExpiredSigns(database: Database, before: Date, limit: number): Promise<Place[]> {
  return database.$queryRaw<Place[]>`
    DELETE FROM presence_signs WHERE (subject_type, subject_id, user_id, tab) IN (
      SELECT subject_type, subject_id, user_id, tab FROM presence_signs WHERE seen_at <= ${before}
      ORDER BY seen_at LIMIT ${limit} FOR UPDATE SKIP LOCKED)
    RETURNING subject_type AS "subjectType", subject_id AS "subjectId", user_id AS "userId", tab`;
}
