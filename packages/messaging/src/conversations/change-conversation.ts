import type { Actor } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import { optionalText } from "@mgs/core/text-schema";
import { validate } from "@mgs/core/validate";
import { insertOutbox } from "@mgs/jobs/outbox.repository";
import type { NewOutboxRow } from "@mgs/jobs/outbox-kind";
import { z } from "zod";
import { type ConversationDetails, MAX_NAME_CHARACTERS } from "../contract/conversation";
import type { MessagingDeps } from "../deps";
import { writeLine } from "../messages/write-line";
import { conversationsChanged } from "../outbox-kinds";
import { findConversation, renameTo } from "./conversations.repository";
import { getConversation } from "./get-conversation";
import { findMembers, lockConversation, type PersonalChange, updateMember } from "./members.repository";
import { requireConversation } from "./require-conversation";

const flag = z.boolean({ error: "INVALID_BOOLEAN" }).optional();

export const conversationChange = z.strictObject({
  /** For everybody in it. */
  name: optionalText(MAX_NAME_CHARACTERS).removeDefault().optional(),
  /** For the caller alone, as those below: no notification, and no part of the header's count. */
  muted: flag,
  /** It stands before the others. */
  pinned: flag,
  /** It leaves the list until its next message. */
  archived: flag,
});

/** The tab that makes a change: it is not told of it. */
export type Tab = { socketId?: string | undefined };

/**
 * Renames a conversation for everybody, and mutes, pins or archives it for the caller. Each sets a state, so that a second time does nothing.
 * @throws AppError VALIDATION_ERROR, CONFLICT for a name of two people's conversation, and as `requireConversation`
 */
export async function changeConversation(
  deps: MessagingDeps,
  actor: Actor,
  id: string,
  input: unknown,
  { socketId }: Tab = {},
): Promise<ConversationDetails> {
  const { user, conversation, member } = await requireConversation(deps, actor, id);
  const { name, muted, pinned, archived } = validate(conversationChange, input);
  if (name !== undefined && conversation.pair !== null) throw new AppError("CONFLICT");
  const now = deps.clock.now();
  const tab = socketId === undefined ? {} : { socket_id: socketId };
  const refs = await deps.database.$transaction(async (tx) => {
    await lockConversation(tx, conversation.id);
    const standing = await findConversation(tx, conversation.id);
    if (!standing) throw new AppError("CONVERSATION_NOT_FOUND");
    const rows: NewOutboxRow[] = [];
    if (name !== undefined && name !== standing.name) {
      const line = await writeLine(tx, conversation.id, {
        ...{ kind: "renamed", by: user.userId, details: { name }, at: now, socketId },
      });
      await renameTo(tx, conversation.id, name);
      const everybody = (await findMembers(tx, conversation.id)).map(({ userId }) => userId);
      rows.push(
        line.row,
        conversationsChanged.row({ payload: { conversation_id: conversation.id, user_ids: everybody, ...tab } }),
      );
    }
    const personal: PersonalChange = {
      ...(muted === undefined ? {} : { muted }),
      // What came while it was muted rings no bell later.
      ...(muted === false && member.muted ? { toldPlace: standing.lastPlace } : {}),
      ...(pinned === undefined ? {} : { pinnedAt: pinned ? (member.pinnedAt ?? now) : null }),
      ...(archived === undefined ? {} : { archivedPlace: archived ? standing.lastPlace : null }),
    };
    if (Object.keys(personal).length > 0) {
      await updateMember(tx, conversation.id, user.userId, personal);
      rows.push(
        conversationsChanged.row({ payload: { conversation_id: conversation.id, user_ids: [user.userId], ...tab } }),
      );
    }
    return insertOutbox(tx, rows);
  });
  await deps.enqueuer.enqueue(refs);
  return getConversation(deps, actor, id);
}
