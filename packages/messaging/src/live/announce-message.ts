import { cutToBytes } from "@mgs/core/text";
import type { OutboxPayload } from "@mgs/jobs/outbox-kind";
import type { OutboxHandler } from "@mgs/module/outbox";
import { EVENTS, userChannel } from "@mgs/realtime/names";
import { conversationChannel, conversationReadsChannel } from "../channels";
import type { MessageDto } from "../contract/message";
import { findClosedPlace, findMembers } from "../conversations/members.repository";
import type { MessagingPorts } from "../deps";
import { toMessageDtos } from "../messages/message-dto";
import { findMessageById } from "../messages/messages.repository";
import type { conversationsChanged, messageChanged } from "../outbox-kinds";

/** Servers of the protocol take 10 kB; the rest is for the frame around it. */
const MAX_EVENT_BYTES = 9_000;
/** The limit of hosted servers for one event. */
const MAX_CHANNELS = 100;

const EVENT_OF = {
  created: EVENTS.messageCreated,
  updated: EVENTS.messageUpdated,
  deleted: EVENTS.messageDeleted,
} as const;

/** Tells open pages of a message as it stands now, except the tab that changed it. */
export const announceMessage =
  (ports: MessagingPorts): OutboxHandler<OutboxPayload<typeof messageChanged>> =>
  async ({ database, publisher }, { payload: { op, id, socket_id } }) => {
    const row = await findMessageById(database, id);
    if (!row) return;
    const closed = await findClosedPlace(database, row.conversationId);
    const reader = { conversation: { id: row.conversationId }, member: { fromPlace: 0n } };
    const [message] = await toMessageDtos({ database, ...ports }, reader, [row]);
    if (!message) return;
    // Somebody in the conversation came after this message, or after the one that it answers: everybody asks for that, by their own rights.
    const answersOlder = message.reply_to !== null && message.reply_to.place <= closed;
    const shown = answersOlder ? { ...message, reply_to: null, truncated: true } : message;
    const told = row.place > closed ? fitIntoEvent(shown) : withoutText(message);
    // The name of the field is the system's before this, and so is that of the text: its front ends go on.
    const event = { message: { ...told, contenu: told.content } };
    await publisher.trigger(`private-${conversationChannel(row.conversationId)}`, EVENT_OF[op], event, socket_id);
  };

/** Tells everybody whom it concerns that their list and their count are to be read anew; and who shows it, what they have read. */
export const announceConversations =
  (): OutboxHandler<OutboxPayload<typeof conversationsChanged>> =>
  async ({ database, publisher }, { payload }) => {
    const { conversation_id, user_ids, read, socket_id } = payload;
    const people = user_ids ?? (await findMembers(database, conversation_id)).map(({ userId }) => userId);
    const channels = people.map(userChannel);
    for (let first = 0; first < channels.length; first += MAX_CHANNELS) {
      const some = channels.slice(first, first + MAX_CHANNELS);
      await publisher.trigger(some, EVENTS.conversationsChanged, { conversation_id }, socket_id);
    }
    if (read)
      await publisher.trigger(
        `private-${conversationReadsChannel(conversation_id)}`,
        EVENTS.conversationRead,
        read,
        socket_id,
      );
  };

const withoutText = (message: MessageDto): MessageDto => ({
  ...message,
  ...{ content: "", mentions: [], mentioned: [], reply_to: null, attachments: [], truncated: true },
});

/** Cuts a message that is too large for an event: clients fetch the rest by its number. Its text stands there twice. */
export function fitIntoEvent(message: MessageDto): MessageDto {
  const sizeOf = (one: MessageDto) => Buffer.byteLength(JSON.stringify({ ...one, contenu: one.content }));
  if (sizeOf(message) <= MAX_EVENT_BYTES) return message;
  const cut: MessageDto = { ...message, mentions: [], mentioned: [], reactions: [], attachments: [], truncated: true };
  for (let bytes = 4_000; sizeOf(cut) > MAX_EVENT_BYTES && bytes > 0; bytes -= 500)
    cut.content = cutToBytes(message.content, bytes);
  return cut;
}
