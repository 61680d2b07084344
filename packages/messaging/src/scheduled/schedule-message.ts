import type { Actor } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import { UUID_PATTERN, uuidv7 } from "@mgs/core/ids";
import { requiredText } from "@mgs/core/text-schema";
import { validate } from "@mgs/core/validate";
import { isUniqueViolation } from "@mgs/db/client";
import { deleteSentDraft } from "@mgs/writing/drafts/drafts.repository";
import { mentionsInput } from "@mgs/writing/mentions/mention-input";
import { readMentionNames } from "@mgs/writing/mentions/mention-names";
import { z } from "zod";
import type { ScheduledMessage } from "../contract/later";
import { MAX_MESSAGE_CHARACTERS } from "../contract/message";
import { requireConversation, requireReader } from "../conversations/require-conversation";
import type { MessagingDeps } from "../deps";
import { resolveNamed } from "../messages/mentioned";
import { uuid } from "../messages/message-input";
import { findMessageById, lockAuthor } from "../messages/messages.repository";
import {
  countScheduled,
  deleteScheduled,
  findScheduled,
  findScheduledById,
  insertScheduled,
  type ScheduledRow,
  updateScheduled,
} from "./scheduled.repository";

const MAX_SCHEDULED = 100;
const MAX_AHEAD_MS = 366 * 24 * 60 * 60 * 1_000;

const sendAt = z.iso.datetime({ offset: true, error: "INVALID_DATE" }).transform((text) => new Date(text));
const content = requiredText(MAX_MESSAGE_CHARACTERS);

export const scheduleInput = z.strictObject({
  content,
  mentions: mentionsInput.default([]),
  /** Made by the client, and the message's own later: a repetition with it schedules nothing twice. */
  id: uuid.optional(),
  reply_to: uuid.nullish(),
  /** ISO 8601, within a year from now. */
  send_at: sendAt,
});

export const rescheduleInput = z.strictObject({
  content: content.optional(),
  mentions: mentionsInput.optional(),
  send_at: sendAt.optional(),
});

/**
 * Lets a message be sent later.
 * @throws AppError VALIDATION_ERROR, CONFLICT for an id that is taken and for too many of them, MESSAGE_NOT_FOUND, and as `requireConversation`
 */
export async function scheduleMessage(
  deps: MessagingDeps,
  actor: Actor,
  conversationId: string,
  input: unknown,
): Promise<ScheduledMessage> {
  const found = await requireConversation(deps, actor, conversationId);
  const { content: text, mentions, id: ownId, reply_to, send_at } = validate(scheduleInput, input);
  const now = deps.clock.now();
  requireTime(send_at, now);
  const { user, conversation, member } = found;
  const id = ownId ?? uuidv7(now.getTime());
  await deps.database
    .$transaction(async (tx) => {
      await lockAuthor(tx, user.userId);
      const known = (await findScheduledById(tx, id)) ?? (await findMessageById(tx, id));
      if (known) {
        if (known.authorId !== user.userId || known.conversationId !== conversation.id) throw new AppError("CONFLICT");
        return;
      }
      if ((await countScheduled(tx, user.userId)) >= MAX_SCHEDULED) throw new AppError("CONFLICT");
      const replied = reply_to ? await findMessageById(tx, reply_to) : null;
      if (reply_to && (replied?.conversationId !== conversation.id || replied.place <= Number(member.fromPlace)))
        throw new AppError("MESSAGE_NOT_FOUND");
      // Whom it names is found out again when it is sent; what can never be is refused now.
      await resolveNamed(tx, deps, found, mentions);
      await insertScheduled(tx, {
        ...{ id, conversationId: conversation.id, authorId: user.userId, content: text, mentions },
        ...{ replyTo: replied?.id ?? null, sendAt: send_at, createdAt: now },
      });
      const owner = { userId: user.userId, subjectType: "conversation", subjectId: String(conversation.id) };
      await deleteSentDraft(tx, owner, "", text);
    })
    .catch((error: unknown) => {
      throw isUniqueViolation(error) ? new AppError("CONFLICT") : error;
    });
  const row = await findScheduledById(deps.database, id);
  // It was sent between the two: its time has come.
  if (!row) throw new AppError("CONFLICT");
  return toDto(deps, row);
}

/** Lists what somebody has scheduled, the next first. @throws AppError as `requireReader` */
export async function listScheduled(deps: MessagingDeps, actor: Actor): Promise<ScheduledMessage[]> {
  const user = requireReader(actor);
  const rows = await findScheduled(deps.database, user.userId);
  return Promise.all(rows.map((row) => toDto(deps, row)));
}

/**
 * Changes the text or the time of a scheduled message; one that was refused is tried again.
 * @throws AppError MESSAGE_NOT_FOUND for another's and for one that was sent, VALIDATION_ERROR, and as `requireReader`
 */
export async function rescheduleMessage(
  deps: MessagingDeps,
  actor: Actor,
  id: string,
  input: unknown,
): Promise<ScheduledMessage> {
  const known = await requireOwn(deps, actor, id);
  const { content: text, mentions, send_at } = validate(rescheduleInput, input);
  if (send_at) requireTime(send_at, deps.clock.now());
  const found = await requireConversation(deps, actor, known.conversationId);
  await deps.database.$transaction(async (tx) => {
    if (mentions) await resolveNamed(tx, deps, found, mentions);
    const changed = await updateScheduled(tx, id, {
      ...(text === undefined ? {} : { content: text }),
      ...(mentions === undefined ? {} : { mentions }),
      ...(send_at === undefined ? {} : { sendAt: send_at }),
      refusal: null,
    });
    if (!changed) throw new AppError("MESSAGE_NOT_FOUND");
  });
  return toDto(deps, await requireOwn(deps, actor, id));
}

/**
 * Takes a scheduled message away before it is sent.
 * @throws AppError MESSAGE_NOT_FOUND for another's and for one that was sent, and as `requireReader`
 */
export async function cancelScheduled(deps: MessagingDeps, actor: Actor, id: string): Promise<void> {
  await requireOwn(deps, actor, id);
  const taken = await deps.database.$transaction((tx) => deleteScheduled(tx, id));
  if (!taken) throw new AppError("MESSAGE_NOT_FOUND");
}

async function requireOwn({ database }: MessagingDeps, actor: Actor, id: string): Promise<ScheduledRow> {
  const user = requireReader(actor);
  const row = UUID_PATTERN.test(id) ? await findScheduledById(database, id) : null;
  if (row?.authorId !== user.userId) throw new AppError("MESSAGE_NOT_FOUND");
  return row;
}

function requireTime(at: Date, now: Date): void {
  const ahead = at.getTime() - now.getTime();
  if (ahead <= 0 || ahead > MAX_AHEAD_MS)
    throw new AppError("VALIDATION_ERROR", { details: [{ path: "send_at", message: "INVALID_DATE" }] });
}

async function toDto({ database }: MessagingDeps, row: ScheduledRow): Promise<ScheduledMessage> {
  const nameOf = await readMentionNames(database, row.mentions);
  return {
    ...{ id: row.id, conversation_id: row.conversationId, content: row.content, reply_to: row.replyTo },
    mentioned: row.mentions.map((key) => ({ key, name: nameOf(key, row.content) })),
    ...{ send_at: row.sendAt.toISOString(), refusal: row.refusal },
  };
}
