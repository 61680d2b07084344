import type { Actor, UserActor } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import { requiredText } from "@mgs/core/text-schema";
import { validate } from "@mgs/core/validate";
import { matchUsers } from "@mgs/identity/users.repository";
import { foldWords, toWordQuery } from "@mgs/records/lists/words";
import { z } from "zod";
import type { MessageDto } from "../contract/message";
import { toConversationDtos } from "../conversations/conversation-dto";
import { findConversationOf, matchConversations } from "../conversations/conversations.repository";
import { withRecords } from "../conversations/list-conversations";
import { requireReader } from "../conversations/require-conversation";
import type { MessagingDeps } from "../deps";
import { toMessageDtos } from "../messages/message-dto";
import { findMessagesById } from "../messages/messages.repository";
import { parseSearch } from "./parse-search";
import { findMatching, type SearchCursor } from "./search.repository";

const MAX_SEARCH_CHARACTERS = 200;
const MAX_WORDS = 6;
const MAX_MATCHED = 200;
/** `1764500000000.<id>`: the time and the id of the last hit. */
const CURSOR = /^(\d{1,15})\.([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/;

export const messageSearchQuery = z.strictObject({
  /** Words, and `from:`, `in:`, `before:` (`de:`, `dans:`, `avant:`). */
  q: requiredText(MAX_SEARCH_CHARACTERS),
  after: z.string().regex(CURSOR, { error: "INVALID_CURSOR" }).optional(),
  limit: z.coerce
    .number({ error: "INVALID_NUMBER" })
    .int({ error: "INVALID_NUMBER" })
    .min(1, { error: "INVALID_NUMBER" })
    .max(50, { error: "INVALID_NUMBER" })
    .default(20),
});

/** A hit, and the conversation that it stands in. */
export type MessageHit = { message: MessageDto; conversation: { id: number; title: string } };

/**
 * Searches somebody's own messages, the newest first: by words without accents, also by their French stems, by who wrote them, where, and before
 * which day.
 * @throws AppError VALIDATION_ERROR, and as `requireReader`
 */
export async function searchMessages(
  deps: MessagingDeps,
  actor: Actor,
  input: unknown,
): Promise<{ hits: MessageHit[]; next: string | null }> {
  const user = requireReader(actor);
  const { q, after, limit } = validate(messageSearchQuery, input);
  const { search, wrong } = parseSearch(q);
  if (wrong !== null) throw new AppError("VALIDATION_ERROR", { details: [{ path: "q", message: "INVALID_DATE" }] });
  const words = foldWords(search.words).slice(0, MAX_WORDS);
  const found = await findMatching(deps.database, {
    ...{ userId: user.userId, words, limit: limit + 1 },
    authors: search.from.length === 0 ? null : await peopleOf(deps, user, search.from),
    conversations: search.within.length === 0 ? null : await conversationsOf(deps, user, search.within),
    before: search.before === null ? null : new Date(`${search.before}T00:00:00+03:00`),
    after: after === undefined ? null : readCursor(after),
  });
  const rows = await findMessagesById(
    deps.database,
    found.slice(0, limit).map(({ id }) => id),
  );
  const byConversation = Map.groupBy(rows, ({ conversationId }) => conversationId);
  const hits = new Map<string, MessageHit>();
  for (const [id, messages] of byConversation) {
    const own = await findConversationOf(deps.database, id, user.userId);
    const [seen] = own ? await withRecords(deps, user, [own]) : [];
    // A conversation about a record that is closed to the reader is closed with it.
    if (!seen) continue;
    const [conversation] = await toConversationDtos(deps, user, [seen]);
    for (const message of await toMessageDtos(deps, seen, messages))
      hits.set(message.id, { message, conversation: { id, title: conversation?.title ?? "" } });
  }
  const last = found.length > limit ? rows.find(({ id }) => id === found[limit - 1]?.id) : undefined;
  return {
    hits: found.slice(0, limit).flatMap(({ id }) => hits.get(id) ?? []),
    next: last ? `${last.createdAt.getTime()}.${last.id}` : null,
  };
}

async function peopleOf({ database }: MessagingDeps, user: UserActor, names: readonly string[]): Promise<number[]> {
  const found = await Promise.all(
    names.map(async (name) =>
      /^(me|moi)$/i.test(name)
        ? [user.userId]
        : (await matchUsers(database, foldWords(name), MAX_MATCHED)).map(({ id }) => id),
    ),
  );
  return found.flat();
}

async function conversationsOf(
  { database }: MessagingDeps,
  user: UserActor,
  names: readonly string[],
): Promise<number[]> {
  const found = await Promise.all(
    names.map(async (name) => {
      const words = toWordQuery(name);
      if (words === null) return [];
      const people = await matchUsers(database, foldWords(name), MAX_MATCHED);
      const matched = { userIds: people.map(({ id }) => id), words };
      return matchConversations(database, user.userId, matched, MAX_MATCHED);
    }),
  );
  return found.flat();
}

function readCursor(text: string): SearchCursor {
  const [, at, id = ""] = CURSOR.exec(text) ?? [];
  return { at: new Date(Number(at)), id };
}
