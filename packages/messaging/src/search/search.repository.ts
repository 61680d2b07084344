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

/**
 * The query for words that are letters and digits alone, with a place for the number of a conversation at the beginning of each: `('/devis':* | '/devis')`.
 * A stop word has no stem.
 */
const queryWithoutNumber = (words: readonly string[]): Prisma.Sql => Prisma.sql`(
  SELECT string_agg('(' || concat_ws(' | ', quote_literal('/' || word) || ':*',
    (SELECT string_agg(quote_literal('/' || stem), ' & ') FROM unnest(tsvector_to_array(to_tsvector('pg_catalog.french', word))) stem)) || ')', ' & ')
  FROM unnest(${[...words]}::text[]) word)`;

/**
 * Finds messages in somebody's conversations, the newest first. Each conversation is searched by itself: its words stand together in the index,
 * so that the search costs what the person's own messages do, however many others there are, and however common a word is among them.
 */
export function findMatching(
  database: Database,
  { userId, words, authors, conversations, before, after, limit }: SearchFilter,
): Promise<{ id: string; conversationId: number }[]> {
  const conditions = [
    // The number is in the words already; by itself it would lead the planner through the whole conversation.
    words.length === 0
      ? Prisma.sql`x.conversation_id = own.id`
      : Prisma.sql`x.conversation_id + 0 = own.id AND x.words @@ replace(asked.query, '''/', '''' || own.id || '/')::tsquery`,
    // By its index the planner would gather all that somebody has written, once for each conversation.
    ...(authors === null ? [] : [Prisma.sql`x.author_id + 0 = ANY (${[...authors]}::int[])`]),
    ...(before === null ? [] : [Prisma.sql`x.created_at < ${before}`]),
    ...(after === null ? [] : [Prisma.sql`(x.created_at, x.id) < (${after.at}::timestamptz, ${after.id}::uuid)`]),
  ];
  const within = conversations === null ? Prisma.empty : Prisma.sql`AND c.id = ANY (${[...conversations]}::int[])`;
  return database.$queryRaw<{ id: string; conversationId: number }[]>`
    ${PLANNED_FOR_VALUES}
    WITH asked AS MATERIALIZED (SELECT ${queryWithoutNumber(words)} AS query), own AS MATERIALIZED (
      SELECT c.id, m.from_place FROM conversation_members m JOIN conversations c ON c.id = m.conversation_id
      WHERE m.user_id = ${userId} ${within} ORDER BY c.last_at DESC LIMIT ${MAX_CONVERSATIONS})
    SELECT hit.id, own.id AS "conversationId" FROM asked CROSS JOIN own CROSS JOIN LATERAL (
      SELECT x.id, x.created_at FROM messages x
      WHERE ${Prisma.join(conditions, " AND ")} AND x.place > own.from_place AND x.kind = 'text' AND x.deleted_at IS NULL
      ORDER BY x.created_at DESC, x.id DESC LIMIT ${limit}) hit
    ORDER BY hit.created_at DESC, hit.id DESC LIMIT ${limit}`;
}
