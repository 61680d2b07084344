import { type Database, Prisma } from "@mgs/db/client";

/** So many conversations are compared in one run; those with the newest messages. */
const MAX_COMPARED = 10_000;

const RECENT = (since: Date): Prisma.Sql => Prisma.sql`
  recent AS MATERIALIZED (
    SELECT id, last_place, last_at FROM conversations WHERE last_at > ${since} ORDER BY last_at DESC LIMIT ${MAX_COMPARED}
  ), heads AS (
    SELECT c.id, c.last_place, x.place, x.created_at, GREATEST(h.seq, 0) AS number,
      (SELECT max(seq) FROM messages WHERE conversation_id = c.id) AS changed
    FROM recent c
    LEFT JOIN LATERAL (SELECT place, created_at FROM messages WHERE conversation_id = c.id ORDER BY place DESC LIMIT 1) x ON true
    LEFT JOIN change_heads h ON h.stream = 'messages' AND h.key = c.id::text
  )`;

/** Conversations whose newest message is another than they say: `last_place`, by which their list is in order and what is unread begins. */
export async function mendNewest(database: Database, since: Date): Promise<number> {
  return database.$executeRaw`
    WITH ${RECENT(since)}
    UPDATE conversations c SET last_place = heads.place, last_at = heads.created_at FROM heads
    WHERE c.id = heads.id AND heads.place IS NOT NULL AND c.last_place <> heads.place
      -- What is written meanwhile has another number by then.
      AND c.last_place = heads.last_place`;
}

/** Members who have read, or were told of, more than there is. */
export async function mendMembers(database: Database, since: Date): Promise<number> {
  return database.$executeRaw`
    WITH ${RECENT(since)}
    UPDATE conversation_members m SET read_place = LEAST(m.read_place, c.last_place), told_place = LEAST(m.told_place, c.last_place)
    FROM recent c
    WHERE m.conversation_id = c.id AND (m.read_place > c.last_place OR m.told_place > c.last_place)
      AND c.last_place = (SELECT last_place FROM conversations WHERE id = c.id)`;
}

/** Conversations whose number is behind their messages: the next message would take one that is taken. */
export async function countBehind(database: Database, since: Date): Promise<number> {
  const [row] = await database.$queryRaw<{ count: number }[]>`
    WITH ${RECENT(since)} SELECT count(*)::int AS count FROM heads WHERE changed > COALESCE(number, 0)`;
  return row?.count ?? 0;
}
