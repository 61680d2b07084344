import type { Actor } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import { validate } from "@mgs/core/validate";
import { namesOf } from "@mgs/identity/users/name-of";
import { insertOutbox } from "@mgs/jobs/outbox.repository";
import { z } from "zod";
import type { MessageReminderDto } from "../contract/later";
import { requireReader } from "../conversations/require-conversation";
import type { MessagingDeps } from "../deps";
import { excerptOf } from "../messages/excerpt";
import { findMessagesById } from "../messages/messages.repository";
import { requireMessage } from "../messages/require-message";
import { messageNotice } from "../outbox-kinds";
import { countReminders, deleteReminder, findReminders, saveReminder, takeDueReminders } from "./reminders.repository";

const MAX_REMINDERS = 200;
const MAX_AHEAD_MS = 366 * 24 * 60 * 60 * 1_000;
const BATCH_SIZE = 200;

export const reminderInput = z.strictObject({
  /** ISO 8601, within a year from now; null takes the reminder away. */
  remind_at: z.iso
    .datetime({ offset: true, error: "INVALID_DATE" })
    .transform((text) => new Date(text))
    .nullable(),
});

/**
 * Lets somebody be reminded of a message later, or no more.
 * @throws AppError MESSAGE_NOT_FOUND, VALIDATION_ERROR, CONFLICT for too many, and as `requireConversation`
 */
export async function remindOfMessage(
  deps: MessagingDeps,
  actor: Actor,
  conversationId: string,
  messageId: string,
  input: unknown,
): Promise<void> {
  const { user, row } = await requireMessage(deps, actor, conversationId, messageId);
  const { remind_at } = validate(reminderInput, input);
  if (remind_at === null) return deleteReminder(deps.database, user.userId, row.id);
  const ahead = remind_at.getTime() - deps.clock.now().getTime();
  if (ahead <= 0 || ahead > MAX_AHEAD_MS)
    throw new AppError("VALIDATION_ERROR", { details: [{ path: "remind_at", message: "INVALID_DATE" }] });
  if ((await countReminders(deps.database, user.userId, { without: row.id })) >= MAX_REMINDERS)
    throw new AppError("CONFLICT");
  await saveReminder(deps.database, { userId: user.userId, messageId: row.id, remindAt: remind_at });
}

/** Lists of what somebody wants to be reminded, the next first. @throws AppError as `requireReader` */
export async function listReminders(deps: MessagingDeps, actor: Actor): Promise<MessageReminderDto[]> {
  const user = requireReader(actor);
  const rows = await findReminders(deps.database, user.userId, MAX_REMINDERS);
  const reminders = await Promise.all(
    rows.map(async ({ messageId, remindAt }) => {
      const [message] = await findMessagesById(deps.database, [messageId]);
      // Whoever has left the conversation meanwhile is reminded of nothing.
      const seen =
        message &&
        (await requireMessage(deps, actor, message.conversationId, messageId).catch((error: unknown) => {
          if (error instanceof AppError) return null;
          throw error;
        }));
      return seen ? { row: seen.row, remindAt } : null;
    }),
  );
  const found = reminders.filter((one) => one !== null);
  const names = await namesOf(
    deps.database,
    found.map(({ row }) => row.authorId),
  );
  return found.map(({ row, remindAt }) => ({
    ...{ message_id: row.id, conversation_id: row.conversationId, name: names.get(row.authorId) ?? "" },
    ...{ excerpt: excerptOf(row), remind_at: remindAt.toISOString() },
  }));
}

/** Reminds people of messages whose time has come. @returns how many */
export async function remindDue({
  database,
  enqueuer,
  clock,
}: Pick<MessagingDeps, "database" | "enqueuer" | "clock">): Promise<number> {
  let told = 0;
  for (;;) {
    const { count, refs } = await database.$transaction(async (tx) => {
      const due = await takeDueReminders(tx, clock.now(), BATCH_SIZE);
      const rows = due.map(({ userId, messageId, conversationId }) =>
        messageNotice.row({
          payload: {
            notice: "reminder",
            conversation_id: conversationId,
            message_id: messageId,
            user_ids: [userId],
            by: null,
          },
        }),
      );
      return { count: due.length, refs: await insertOutbox(tx, rows) };
    });
    await enqueuer.enqueue(refs);
    told += count;
    if (count < BATCH_SIZE) return told;
  }
}
