import type { Database } from "@mgs/db/client";

/** Sign-ins that have not ended, by when they were last seen. */
export type LiveSessions = { quarterHour: number; day: number };

/** Reads no more than the sign-ins of one day, from an index that holds nothing that has ended. */
export async function countLiveSessions(database: Database): Promise<LiveSessions> {
  const rows = await database.$queryRaw<LiveSessions[]>`
    SELECT count(*) FILTER (WHERE "last_seen_at" > now() - interval '15 minutes')::int AS "quarterHour",
      count(*)::int AS "day"
    FROM "user_sessions" WHERE "ended_at" IS NULL AND "last_seen_at" > now() - interval '1 day'`;
  return rows[0] ?? { quarterHour: 0, day: 0 };
}
