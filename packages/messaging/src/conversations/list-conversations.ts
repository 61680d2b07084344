import type { Actor, UserActor } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import { optionalText } from "@mgs/core/text-schema";
import { validate } from "@mgs/core/validate";
import { matchUsers } from "@mgs/identity/users.repository";
import { foldWords, toWordQuery } from "@mgs/records/lists/words";
import { z } from "zod";
import type { ConversationPage } from "../contract/conversation";
import type { MessagingDeps } from "../deps";
import { type SeenConversation, toConversationDtos } from "./conversation-dto";
import {
  type ConversationCursor,
  findConversations,
  type ListedConversation,
  matchConversations,
} from "./conversations.repository";
import { requireReader } from "./require-conversation";

const MAX_SEARCH_CHARACTERS = 100;
const MAX_MATCHED_PEOPLE = 50;
const MAX_MATCHED_CONVERSATIONS = 500;

/** `1.1764500000000.42`: pinned or not, the time of the newest message, the id. */
const CURSOR = /^([01])\.(\d{1,15})\.([1-9]\d{0,9})$/;
const flag = z
  .enum(["true", "false"], { error: "INVALID_BOOLEAN" })
  .default("false")
  .transform((text) => text === "true");

export const conversationsQuery = z.strictObject({
  limit: z.coerce
    .number({ error: "INVALID_NUMBER" })
    .int({ error: "INVALID_NUMBER" })
    .min(1, { error: "INVALID_NUMBER" })
    .max(100, { error: "INVALID_NUMBER" })
    .default(30),
  /** `next` of a page. */
  after: z.string().regex(CURSOR, { error: "INVALID_CURSOR" }).optional(),
  archived: flag,
  /** Those with unread messages that are not muted: what the count of the header leads to. */
  unread: flag,
  /** Words of names of people and of conversations. */
  search: optionalText(MAX_SEARCH_CHARACTERS),
  /** `dossier:42`: those about one record. */
  subject: z
    .string()
    .regex(/^[a-z]{1,40}:[\w-]{1,40}$/, { error: "INVALID_VALUE" })
    .optional(),
});

/**
 * Lists the conversations that somebody is in: pinned ones first, then by their newest message.
 * @throws AppError VALIDATION_ERROR, and as `requireReader`
 */
export async function listConversations(deps: MessagingDeps, actor: Actor, input: unknown): Promise<ConversationPage> {
  const user = requireReader(actor);
  const { limit, after, archived, unread, search, subject } = validate(conversationsQuery, input);
  const ids = await searchIds(deps, user, search);
  const [type = "", id = ""] = subject?.split(":") ?? [];
  const filter = { archived, unread, ids, subject: subject === undefined ? null : { type, id } };
  const rows = await findConversations(deps.database, user.userId, filter, {
    after: after === undefined ? null : readCursor(after),
    limit: limit + 1,
  });
  const page = rows.slice(0, limit);
  const seen = await withRecords(deps, user, page);
  return {
    conversations: await toConversationDtos(deps, user, seen),
    // By the rows as they were read: those about a record that is closed to the reader are left out of the page.
    next: rows.length > limit ? writeCursor(page.at(-1)) : null,
  };
}

/**
 * Lists somebody's conversations, by the address that the system before had: their own alone.
 * @throws AppError USER_NOT_FOUND for others, and as {@link listConversations}
 */
export async function listConversationsOf(
  deps: MessagingDeps,
  actor: Actor,
  userId: string,
  input: unknown,
): Promise<ConversationPage> {
  const user = requireReader(actor);
  if (userId !== String(user.userId)) throw new AppError("USER_NOT_FOUND");
  return listConversations(deps, actor, input);
}

/** Puts the records to conversations that are about one, and leaves those out whose record the reader does not see. */
export async function withRecords(
  { database, subjects }: Pick<MessagingDeps, "database" | "subjects">,
  user: UserActor,
  conversations: readonly ListedConversation[],
): Promise<SeenConversation[]> {
  const seen = await Promise.all(
    conversations.map(async (one): Promise<SeenConversation | null> => {
      const { subjectType, subjectId } = one.conversation;
      if (subjectType === null || subjectId === null) return { ...one, about: null };
      const subject = subjects.find(({ type }) => type === subjectType);
      const view = await subject?.find({ database }, user, subjectId);
      return subject && view ? { ...one, about: { subject, view } } : null;
    }),
  );
  return seen.filter((one) => one !== null);
}

async function searchIds({ database }: MessagingDeps, user: UserActor, search: string): Promise<number[] | null> {
  const words = toWordQuery(search);
  if (words === null) return null;
  const people = await matchUsers(database, foldWords(search), MAX_MATCHED_PEOPLE);
  const matched = { userIds: people.map(({ id }) => id), words };
  return matchConversations(database, user.userId, matched, MAX_MATCHED_CONVERSATIONS);
}

function readCursor(text: string): ConversationCursor {
  const [, pinned, at, id] = CURSOR.exec(text) ?? [];
  return { pinned: pinned === "1", lastAt: new Date(Number(at)), id: Number(id) };
}

const writeCursor = (row: ListedConversation | undefined): string | null =>
  row ? `${row.member.pinnedAt === null ? 0 : 1}.${row.conversation.lastAt.getTime()}.${row.conversation.id}` : null;
