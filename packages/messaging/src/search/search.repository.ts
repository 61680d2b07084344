import { type Database, Prisma } from "@mgs/db/client";
import { PLANNED_FOR_VALUES } from "@mgs/db/planned-for-values";

/** Where a search goes on: behind this message. */
export type SearchCursor = { at: Date; id: string };

type SearchFilter = {
  userId: number;
  /** Words of the text, folded: each is in the text as it stands, as the beginning of a word, or by its French stem. None: any text. */
  words: readonly string[];
  /** Who has written; null: anybody. */
  authors: readonly number[] | null;
  /** Conversations; null: all that the person is in. */
  conversations: readonly number[] | null;
  before: Date | null;
  after: SearchCursor | null;
  limit: number;
};

/** A search looks through so many of a person's conversations, those with the newest messages. */
const MAX_CONVERSATIONS = 1_000;

const queryOf = (word: string): Prisma.Sql =>
  Prisma.sql`(to_tsquery('pg_catalog.simple', ${`${word}:*`}) || plainto_tsquery('pg_catalog.french', ${word}))`;

/**
 * Finds messages in somebody's conversations, the newest first. The index holds each word beside the number of its conversation, so that the
 * search costs what the person's own messages do, however many there are.
 */
export function findMatching(
  database: Database,
  { userId, words, authors, conversations, before, after, limit }: SearchFilter,
): Promise<{ id: string; conversationId: number }[]> {
  const conditions = [
    ...(words.length === 0 ? [] : [Prisma.sql`x.words @@ (${Prisma.join(words.map(queryOf), " && ")})`]),
    ...(authors === null ? [] : [Prisma.sql`x.author_id = ANY (${[...authors]}::int[])`]),
    ...(before === null ? [] : [Prisma.sql`x.created_at < ${before}`]),
    ...(after === null ? [] : [Prisma.sql`(x.created_at, x.id) < (${after.at}::timestamptz, ${after.id}::uuid)`]),
  ];
  const own = Prisma.sql`ARRAY(
    SELECT m.conversation_id FROM conversation_members m JOIN conversations c ON c.id = m.conversation_id
    WHERE m.user_id = ${userId} ${conversations === null ? Prisma.empty : Prisma.sql`AND c.id = ANY (${[...conversations]}::int[])`}
    ORDER BY c.last_at DESC LIMIT ${MAX_CONVERSATIONS})`;
  return database.$queryRaw<{ id: string; conversationId: number }[]>`
    ${PLANNED_FOR_VALUES}
    SELECT x.id, x.conversation_id AS "conversationId" FROM messages x
    JOIN conversation_members m ON m.conversation_id = x.conversation_id AND m.user_id = ${userId}
    WHERE x.conversation_id = ANY (${own}) AND x.place > m.from_place AND x.kind = 'text' AND x.deleted_at IS NULL
      ${conditions.length === 0 ? Prisma.empty : Prisma.sql`AND ${Prisma.join(conditions, " AND ")}`}
    ORDER BY x.created_at DESC, x.id DESC LIMIT ${limit}`;
}
