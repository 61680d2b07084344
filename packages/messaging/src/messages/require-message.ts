import type { Actor } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import { UUID_PATTERN } from "@mgs/core/ids";
import { CHANGEABLE_MINUTES } from "../contract/message";
import { type Conversing, requireConversation } from "../conversations/require-conversation";
import type { MessagingDeps } from "../deps";
import { findMessageById, type MessageRow } from "./messages.repository";

/** A message of a conversation that somebody is in, which they see. */
export type FoundMessage = Conversing & { row: MessageRow };

/**
 * Finds a message that an actor sees.
 * @throws AppError MESSAGE_NOT_FOUND, also for one that was written before they came, and as `requireConversation`
 */
export async function requireMessage(
  deps: MessagingDeps,
  actor: Actor,
  conversationId: string | number,
  messageId: string,
): Promise<FoundMessage> {
  const found = await requireConversation(deps, actor, conversationId);
  const row = UUID_PATTERN.test(messageId) ? await findMessageById(deps.database, messageId) : null;
  if (row?.conversationId !== found.conversation.id || row.place <= Number(found.member.fromPlace))
    throw new AppError("MESSAGE_NOT_FOUND");
  return { ...found, row };
}

/**
 * Requires that a message may still be changed by who wrote it.
 * @throws AppError FORBIDDEN for another's, MESSAGE_NOT_FOUND for a line and for one that is deleted, CHANGE_TOO_LATE
 */
export function requireChangeable({ user }: Conversing, row: MessageRow, now: Date): void {
  if (row.kind !== "text" || row.deletedAt !== null) throw new AppError("MESSAGE_NOT_FOUND");
  if (row.authorId !== user.userId) throw new AppError("FORBIDDEN");
  if (now.getTime() - row.createdAt.getTime() > CHANGEABLE_MINUTES * 60_000) throw new AppError("CHANGE_TOO_LATE");
}
