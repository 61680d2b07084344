import type { Actor } from "@mgs/core/actor";
import { validate } from "@mgs/core/validate";
import type { MessageDto } from "../contract/message";
import type { Tab } from "../conversations/change-conversation";
import type { MessagingDeps } from "../deps";
import { messageNotice } from "../outbox-kinds";
import { changeMessage } from "./change-message";
import { resolveNamed } from "./mentioned";
import { editMessageInput } from "./message-input";
import { findTold, insertTold, insertVersion } from "./messages.repository";
import { requireChangeable, requireMessage } from "./require-message";

/**
 * Changes the text of one's own message within 15 minutes; what it said before is kept. Whom the edit names first are told, and nobody twice.
 * @throws AppError MESSAGE_NOT_FOUND, FORBIDDEN for another's, CHANGE_TOO_LATE, VALIDATION_ERROR, and as `requireConversation`
 */
export async function editMessage(
  deps: MessagingDeps,
  actor: Actor,
  conversationId: string,
  messageId: string,
  input: unknown,
  tab: Tab = {},
): Promise<MessageDto> {
  const found = await requireMessage(deps, actor, conversationId, messageId);
  const { content, mentions } = validate(editMessageInput, input);
  return changeMessage(deps, found, tab, async (tx, row) => {
    const now = deps.clock.now();
    requireChangeable(found, row, now);
    const keys = mentions ?? row.mentions;
    const sameMentions = keys.length === row.mentions.length && keys.every((key) => row.mentions.includes(key));
    if (content === row.content && sameMentions) return null;
    // Somebody who was named before and has left meanwhile stays named: only what the edit adds is looked at.
    const added = keys.filter((key) => !row.mentions.includes(key));
    const told = await findTold(tx, row.id);
    const news = (await resolveNamed(tx, deps, found, added)).filter((id) => !told.has(id));
    await insertTold(tx, row.id, news);
    await insertVersion(tx, row.id, row.content, now);
    const about = { conversation_id: row.conversationId, message_id: row.id, by: found.user.userId };
    const notice = messageNotice.row({ payload: { ...about, notice: "mentioned", user_ids: news } });
    return {
      data: { content, mentions: [...keys], editedAt: now },
      ...{ inLists: true, rows: news.length === 0 ? [] : [notice] },
    };
  });
}
