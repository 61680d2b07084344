import type { Database, Transaction } from "@mgs/db/client";

type ActTime = { userId: number; act: string; place: string; at: Date; since: Date };

/** Adds a time to those of a person's acts, and forgets those before `since`. @returns all that are left, the newest last */
export async function addActTime(tx: Transaction, { userId, act, place, at, since }: ActTime): Promise<Date[]> {
  const [row] = await tx.$queryRaw<{ times: Date[] }[]>`
    INSERT INTO comment_act_times AS t (user_id, act, place, times, last_at)
    VALUES (${userId}, ${act}, ${place}, ARRAY[${at}::timestamptz], ${at})
    ON CONFLICT (user_id, act, place) DO UPDATE SET last_at = excluded.last_at,
      times = ARRAY(SELECT time FROM unnest(t.times || excluded.times) AS time WHERE time > ${since} ORDER BY time)
    RETURNING times`;
  return row?.times ?? [];
}

/** Deletes the times of people who have done nothing for so long. */
export async function purgeActTimes(database: Database, retentionSeconds: number, limit: number): Promise<number> {
  return database.$executeRaw`
    DELETE FROM comment_act_times WHERE (user_id, act, place) IN (
      SELECT user_id, act, place FROM comment_act_times
      WHERE last_at < now() - make_interval(secs => ${retentionSeconds}) LIMIT ${limit})`;
}
