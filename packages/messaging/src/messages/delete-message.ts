import type { Actor } from "@mgs/core/actor";
import type { MessageDto } from "../contract/message";
import type { Tab } from "../conversations/change-conversation";
import { attachmentSlot, type MessagingDeps } from "../deps";
import { changeMessage } from "./change-message";
import { insertVersion } from "./messages.repository";
import { requireChangeable, requireMessage } from "./require-message";

/**
 * Deletes one's own message within 15 minutes, with its files. Its place stays, and a second time does nothing.
 * @throws AppError MESSAGE_NOT_FOUND, FORBIDDEN for another's, CHANGE_TOO_LATE, and as `requireConversation`
 */
export async function deleteMessage(
  deps: MessagingDeps,
  actor: Actor,
  conversationId: string,
  messageId: string,
  tab: Tab = {},
): Promise<MessageDto> {
  const found = await requireMessage(deps, actor, conversationId, messageId);
  const { userId } = found.user;
  return changeMessage(deps, found, tab, async (tx, row) => {
    if (row.deletedAt !== null && row.authorId === userId) return null;
    const now = deps.clock.now();
    requireChangeable(found, row, now);
    await insertVersion(tx, row.id, row.content, now);
    if (row.attachments > 0)
      await deps.deleteAttachments(tx, row.conversationId, attachmentSlot(row.id), { at: now, by: userId });
    return { data: { deletedAt: now }, op: "deleted", inLists: true };
  });
}
