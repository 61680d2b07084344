import type { Actor } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import type { MessagePage } from "../contract/message";
import { requireConversation } from "../conversations/require-conversation";
import type { MessagingDeps } from "../deps";
import { findFirstUnread } from "../reading/reading.repository";
import { listMessages } from "./list-messages";
import { requireMessage } from "./require-message";

/** Where a page of a conversation begins. */
export type OpenedConversation = {
  page: MessagePage;
  /** Place of the first message that is unread; null: there is none. */
  unreadFrom: number | null;
  /** Place of the message that was asked for; null: none was, or it is not there. */
  target: number | null;
};

/**
 * Reads the messages with which a conversation opens: those around the one that is asked for, else around the first that is unread, else the newest.
 * @throws AppError as `requireConversation`
 */
export async function openAt(
  deps: MessagingDeps,
  actor: Actor,
  conversationId: string,
  messageId: string | undefined,
): Promise<OpenedConversation> {
  const { user, conversation } = await requireConversation(deps, actor, conversationId);
  const [target, unreadFrom] = await Promise.all([
    messageId === undefined ? null : findPlace(deps, actor, conversationId, messageId),
    findFirstUnread(deps.database, conversation.id, user.userId),
  ]);
  const around = target ?? unreadFrom;
  const query = around === null ? {} : { around: String(around) };
  return { page: await listMessages(deps, actor, conversationId, query), unreadFrom, target };
}

async function findPlace(
  deps: MessagingDeps,
  actor: Actor,
  conversationId: string,
  messageId: string,
): Promise<number | null> {
  try {
    return (await requireMessage(deps, actor, conversationId, messageId)).row.place;
  } catch (error) {
    // A link to what is gone leads to the conversation all the same.
    if (error instanceof AppError && error.code === "MESSAGE_NOT_FOUND") return null;
    throw error;
  }
}
