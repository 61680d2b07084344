import type { Actor } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import { validate } from "@mgs/core/validate";
import { insertOutbox } from "@mgs/jobs/outbox.repository";
import { z } from "zod";
import type { UnreadCount } from "../contract/conversation";
import type { Tab } from "../conversations/change-conversation";
import {
  type Conversing,
  keepVisible,
  requireConversation,
  requireReader,
} from "../conversations/require-conversation";
import type { MessagingDeps } from "../deps";
import { uuid } from "../messages/message-input";
import { requireMessage } from "../messages/require-message";
import { conversationsChanged } from "../outbox-kinds";
import { showsReads } from "../presence/presence.repository";
import { countUnreadIn, findUnread, setReadPlace } from "./reading.repository";

/** More conversations with unread messages are not counted: the number says that there is a lot. */
const MAX_COUNTED_CONVERSATIONS = 200;

export const readInput = z.strictObject({
  /** The newest message that was seen; without it all are read. */
  message_id: uuid.optional(),
  /** True: this message and what comes after it is unread again. */
  unread: z.boolean({ error: "INVALID_BOOLEAN" }).default(false),
});

/**
 * Notes up to which message somebody has read, which never goes back by itself, or marks a message of another unread. The notification of the
 * conversation is read with it, in every portal.
 * @returns how many messages of the conversation are unread now, up to `MAX_COUNTED`
 * @throws AppError VALIDATION_ERROR, MESSAGE_NOT_FOUND, and as `requireConversation`
 */
export async function readConversation(
  deps: MessagingDeps,
  actor: Actor,
  conversationId: string,
  input: unknown,
  { socketId }: Tab = {},
): Promise<{ unread_count: number; read_place: number }> {
  const found = await requireConversation(deps, actor, conversationId);
  const { message_id, unread } = validate(readInput, input);
  const place = await placeOf(deps, actor, found, { message_id, unread });
  const { user, conversation } = found;
  const refs = await deps.database.$transaction(async (tx) => {
    if (!(await setReadPlace(tx, conversation.id, user.userId, place, { back: unread }))) return [];
    const shown = !unread && (await showsReads(tx, user.userId));
    const payload = {
      ...{ conversation_id: conversation.id, user_ids: [user.userId] },
      ...(shown ? { read: { user_id: user.userId, read_place: place } } : {}),
      ...(socketId === undefined ? {} : { socket_id: socketId }),
    };
    return insertOutbox(tx, [conversationsChanged.row({ payload })]);
  });
  await deps.enqueuer.enqueue(refs);
  const counts = await countUnreadIn(deps.database, user.userId, [conversation.id]);
  const count = counts.get(conversation.id) ?? 0;
  if (count === 0) await deps.noticesRead(deps, user, conversation.id);
  return { unread_count: count, read_place: place };
}

type Target = { message_id: string | undefined; unread: boolean };

async function placeOf(
  deps: MessagingDeps,
  actor: Actor,
  { user, conversation }: Conversing,
  { message_id, unread }: Target,
): Promise<number> {
  if (message_id === undefined) {
    if (unread) throw new AppError("VALIDATION_ERROR", { details: [{ path: "message_id", message: "REQUIRED" }] });
    return Number(conversation.lastPlace);
  }
  const { row } = await requireMessage(deps, actor, conversation.id, message_id);
  // One's own message is no news to oneself: nothing would be unread.
  if (unread && (row.authorId === user.userId || row.kind !== "text" || row.deletedAt !== null))
    throw new AppError("VALIDATION_ERROR", { details: [{ path: "message_id", message: "INVALID_CHOICE" }] });
  return unread ? row.place - 1 : row.place;
}

/**
 * Counts what somebody has not read: the sum of the rows that the list of unread conversations has.
 * @throws AppError as `requireReader`
 */
export async function countUnread(deps: MessagingDeps, actor: Actor): Promise<UnreadCount> {
  const user = requireReader(actor);
  const rows = await findUnread(deps.database, user.userId, MAX_COUNTED_CONVERSATIONS);
  const seen = await keepVisible(deps, user, rows);
  return { count: seen.reduce((sum, { count }) => sum + count, 0), conversations: seen.length };
}
