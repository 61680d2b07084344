import type { Actor, UserActor } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import { uuidv7 } from "@mgs/core/ids";
import { validate } from "@mgs/core/validate";
import { isUniqueViolation, type Transaction } from "@mgs/db/client";
import { insertOutbox } from "@mgs/jobs/outbox.repository";
import type { NewOutboxRow } from "@mgs/jobs/outbox-kind";
import { takeNumber } from "@mgs/records/changes/changes.repository";
import { deleteSentDraft } from "@mgs/writing/drafts/drafts.repository";
import type { z } from "zod";
import type { MessageDto } from "../contract/message";
import type { Tab } from "../conversations/change-conversation";
import { noteNewest } from "../conversations/conversations.repository";
import { lockMembership } from "../conversations/members.repository";
import { type Conversing, requireConversation } from "../conversations/require-conversation";
import { attachmentSlot, type MessagingDeps } from "../deps";
import { holdNotice } from "../notices/notices.repository";
import { conversationsChanged, messageChanged, messageNotice } from "../outbox-kinds";
import { setReadPlace } from "../reading/reading.repository";
import { resolveNamed } from "./mentioned";
import { toMessageDtos } from "./message-dto";
import { postMessageInput } from "./message-input";
import { findMessageById, insertMessage, insertTold, lockAuthor, MESSAGE_STREAM } from "./messages.repository";
import { checkPostLimit } from "./post-limit";

type Request = z.output<typeof postMessageInput>;

/**
 * Writes a message. With an id that the client made, a repetition gets the first message and does nothing else.
 * @throws AppError VALIDATION_ERROR, MESSAGE_NOT_FOUND for a message to answer that the author does not see, CONFLICT for another message's id,
 *   RATE_LIMITED, and as `requireConversation`
 */
export async function postMessage(
  deps: MessagingDeps,
  actor: Actor,
  conversationId: string | number,
  input: unknown,
  { socketId }: Tab = {},
): Promise<{ message: MessageDto; repeated: boolean }> {
  const found = await requireConversation(deps, actor, conversationId);
  const request = validate(postMessageInput, input);
  const id = request.id ?? uuidv7(deps.clock.now().getTime());
  const { refs, repeated } = await deps.database
    .$transaction(async (tx) => {
      // One at a time: a repetition waits for the first, and the limit counts what it wrote.
      await lockAuthor(tx, found.user.userId);
      if (request.id !== undefined && (await isRepetition(tx, found, request.id))) return { refs: [], repeated: true };
      await checkPostLimit(tx, found.user.userId, deps.clock.now());
      const rows = await writeMessage(tx, deps, found, { ...request, id }, { socketId });
      return { refs: await insertOutbox(tx, rows), repeated: false };
    })
    .catch((error: unknown) => {
      // Another person has written a message with this id in the same moment.
      throw isUniqueViolation(error) ? new AppError("CONFLICT") : error;
    });
  await deps.enqueuer.enqueue(refs);
  const row = await findMessageById(deps.database, id);
  const [message] = await toMessageDtos(deps, found, row ? [row] : []);
  if (!message) throw new AppError("MESSAGE_NOT_FOUND");
  return { message, repeated };
}

/** @throws AppError CONFLICT for the id of another message */
async function isRepetition(tx: Transaction, { user, conversation }: Conversing, id: string): Promise<boolean> {
  const known = await findMessageById(tx, id);
  if (!known) return false;
  if (known.authorId !== user.userId || known.conversationId !== conversation.id) throw new AppError("CONFLICT");
  return true;
}

/**
 * Writes a message of somebody in a conversation; the caller has locked the author.
 * @param tab with `isAway` where the author does not look at the conversation: nothing is read by it
 * @returns outbox rows to insert
 * @throws AppError VALIDATION_ERROR, MESSAGE_NOT_FOUND, CONVERSATION_NOT_FOUND for who was taken out of it meanwhile
 */
export async function writeMessage(
  tx: Transaction,
  deps: MessagingDeps,
  found: Conversing,
  { id, content, mentions, reply_to }: Request & { id: string },
  { socketId, isAway = false }: Tab & { isAway?: boolean },
): Promise<NewOutboxRow[]> {
  const { user, conversation, member } = found;
  const now = deps.clock.now();
  const files = await countOwnFiles(tx, deps, user, conversation.id, id);
  if (content === "" && files === 0)
    throw new AppError("VALIDATION_ERROR", { details: [{ path: "content", message: "REQUIRED" }] });
  const replied = reply_to ? await findMessageById(tx, reply_to) : null;
  if (reply_to && (replied?.conversationId !== conversation.id || replied.place <= Number(member.fromPlace)))
    throw new AppError("MESSAGE_NOT_FOUND");
  const named = await resolveNamed(tx, deps, found, mentions);
  const seq = await takeNumber(tx, MESSAGE_STREAM, String(conversation.id));
  // Before any row of a member: who tells of what is unread has locked the notice first, and their rows then.
  await holdNotice(tx, conversation.id, now);
  // Its author has read what stands before it. Whoever was taken out of the conversation meanwhile has no row any more.
  const isThere = isAway
    ? await lockMembership(tx, conversation.id, user.userId)
    : await setReadPlace(tx, conversation.id, user.userId, seq, { back: false });
  if (!isThere) throw new AppError("CONVERSATION_NOT_FOUND");
  await insertMessage(tx, {
    ...{ id, conversationId: conversation.id, authorId: user.userId, content, mentions: [...mentions] },
    ...{ replyTo: replied?.id ?? null, attachments: files, createdAt: now, place: seq, seq },
  });
  await noteNewest(tx, conversation.id, seq, now);
  await insertTold(tx, id, named);
  // A page without a network could not say that the draft is sent.
  const owner = { userId: user.userId, subjectType: "conversation", subjectId: String(conversation.id) };
  await deleteSentDraft(tx, owner, "", content);
  const tab = socketId === undefined ? {} : { socket_id: socketId };
  const notice = { notice: "mentioned" as const, conversation_id: conversation.id, message_id: id, by: user.userId };
  return [
    messageChanged.row({ payload: { op: "created", id, seq, ...tab } }),
    conversationsChanged.row({ payload: { conversation_id: conversation.id, ...tab } }),
    ...(named.length === 0 ? [] : [messageNotice.row({ payload: { ...notice, user_ids: named } })]),
  ];
}

/** Counts the files that the author has uploaded for a message. */
async function countOwnFiles(
  tx: Transaction,
  { attachmentsIn }: MessagingDeps,
  user: UserActor,
  conversationId: number,
  messageId: string,
): Promise<number> {
  const files = await attachmentsIn(tx, conversationId, [attachmentSlot(messageId)]);
  return files.filter(({ createdBy }) => createdBy === user.userId).length;
}
