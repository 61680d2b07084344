import type { Database, Transaction } from "@mgs/db/client";
import { namesOf } from "@mgs/identity/users/name-of";
import { groupReactions } from "@mgs/writing/contract/reactions";
import { splitName } from "@mgs/writing/contract/split-name";
import { findRoleNames, mentionName } from "@mgs/writing/mentions/mention-names";
import type { MessageAttachment, MessageDto } from "../contract/message";
import type { ConversationRow, MemberRow } from "../conversations/conversations.repository";
import { attachmentSlot, type MessagingPorts } from "../deps";
import { excerptOf } from "./excerpt";
import { findMessagesById, type MessageRow } from "./messages.repository";

type Reading = { database: Database | Transaction } & Pick<MessagingPorts, "attachmentsIn">;
type Reader = { conversation: Pick<ConversationRow, "id">; member: Pick<MemberRow, "fromPlace"> };

/**
 * Makes messages of one conversation as one of its people sees them: what they answer is left out where it was written before they came.
 */
export async function toMessageDtos(
  { database, attachmentsIn }: Reading,
  { conversation, member }: Reader,
  rows: readonly MessageRow[],
): Promise<MessageDto[]> {
  const replied = new Map(
    (
      await findMessagesById(
        database,
        rows.flatMap(({ replyTo }) => replyTo ?? []),
      )
    )
      .filter(({ place }) => place > Number(member.fromPlace))
      .map((row) => [row.id, row]),
  );
  const shown = rows.filter(({ deletedAt }) => deletedAt === null);
  const mentions = shown.flatMap((row) => row.mentions);
  const slots = shown.filter(({ attachments }) => attachments > 0).map(({ id }) => attachmentSlot(id));
  const [names, roles, files] = await Promise.all([
    namesOf(database, [
      ...[...rows, ...replied.values()].map(({ authorId }) => authorId),
      ...rows.flatMap(({ details }) => details.user_ids ?? []),
      ...mentions.map(Number).filter(Number.isInteger),
    ]),
    findRoleNames(database, mentions),
    slots.length === 0 ? [] : attachmentsIn(database, conversation.id, slots),
  ]);
  const bySlot = Map.groupBy(files, ({ slot }) => slot);
  // Whatever somebody else puts into the place of a message is no part of it.
  const filesOf = ({ id, authorId }: MessageRow) =>
    (bySlot.get(attachmentSlot(id)) ?? []).filter(({ createdBy }) => createdBy === authorId);
  const nameOf = (id: number) => names.get(id) ?? "";
  return rows.map((row) => {
    const isShown = row.deletedAt === null;
    const keys = isShown ? row.mentions : [];
    const answered = isShown && row.replyTo !== null ? replied.get(row.replyTo) : undefined;
    const name = nameOf(row.authorId);
    return {
      ...{ id: row.id, conversation_id: row.conversationId, kind: row.kind, content: isShown ? row.content : "" },
      auteur: { id: row.authorId, name, ...splitName(name), avatar: null },
      mentions: keys.map((key) => (Number.isInteger(Number(key)) ? Number(key) : key)),
      mentioned: keys.map((key) => ({ key, name: mentionName(key, row.content, names, roles) })),
      reply_to: answered
        ? { id: answered.id, place: answered.place, name: nameOf(answered.authorId), excerpt: excerptOf(answered) }
        : null,
      attachments: isShown ? filesOf(row).map(toAttachment) : [],
      reactions: isShown ? groupReactions(row.reactions) : [],
      people: (row.details.user_ids ?? []).map((id) => ({ id, name: nameOf(id) })),
      name: row.details.name ?? "",
      created_at: row.createdAt.toISOString(),
      edited_at: row.editedAt?.toISOString() ?? null,
      deleted_at: row.deletedAt?.toISOString() ?? null,
      ...{ place: row.place, seq: row.seq },
    };
  });
}

const toAttachment = ({ id, name, media_type, bytes, state, has_thumbnail }: MessageAttachment): MessageAttachment => ({
  ...{ id, name, media_type, bytes, state, has_thumbnail },
});
