import type { Actor } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import { validate } from "@mgs/core/validate";
import { reactionInput } from "@mgs/writing/reaction-input";
import type { MessageDto } from "../contract/message";
import type { Tab } from "../conversations/change-conversation";
import type { MessagingDeps } from "../deps";
import { changeMessage } from "./change-message";
import { deleteReaction, insertReaction } from "./messages.repository";
import { requireMessage } from "./require-message";

/**
 * Adds a person's reaction to a message, or takes it back; a second time does nothing.
 * @throws AppError MESSAGE_NOT_FOUND, VALIDATION_ERROR, and as `requireConversation`
 */
export async function reactToMessage(
  deps: MessagingDeps,
  actor: Actor,
  conversationId: string,
  messageId: string,
  input: unknown,
  tab: Tab = {},
): Promise<MessageDto> {
  const found = await requireMessage(deps, actor, conversationId, messageId);
  const { emoji, on } = validate(reactionInput, input);
  return changeMessage(deps, found, tab, async (tx, row) => {
    if (row.deletedAt !== null || row.kind !== "text") throw new AppError("MESSAGE_NOT_FOUND");
    const reaction = { messageId: row.id, userId: found.user.userId, emoji };
    const changed = on ? await insertReaction(tx, reaction) : await deleteReaction(tx, reaction);
    return changed ? { data: {} } : null;
  });
}
