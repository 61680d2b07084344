import { cutToBytes } from "@mgs/core/text";
import type { OutboxPayload } from "@mgs/jobs/outbox-kind";
import type { OutboxHandler } from "@mgs/module/outbox";
import { EVENTS } from "@mgs/realtime/names";
import { channelsOf, type Subject } from "@mgs/records/subject";
import { threadChannel } from "../channels";
import { toCommentDtos } from "../comment-dto";
import { findCommentById } from "../comments.repository";
import type { CommentDto } from "../contract/comment";
import type { commentChanged } from "../outbox-kinds";

/** Servers of the protocol take 10 kB; the rest is for the frame around it. */
const MAX_EVENT_BYTES = 9_000;

const EVENT_OF = {
  created: EVENTS.commentCreated,
  updated: EVENTS.commentUpdated,
  deleted: EVENTS.commentDeleted,
} as const;

/** Tells open pages of a comment as it stands now, except the tab that changed it. */
export const announceComment =
  (subjects: readonly Subject[]): OutboxHandler<OutboxPayload<typeof commentChanged>> =>
  async ({ database, publisher }, { payload: { op, id, socket_id } }) => {
    const row = await findCommentById(database, id);
    const subject = subjects.find(({ type }) => type === row?.subjectType);
    if (!row || !subject) return;
    const [comment] = await toCommentDtos(database, [row]);
    if (!comment) return;
    const event = fitIntoEvent(comment);
    const name = EVENT_OF[op];
    if (row.threadId !== null) {
      await publisher.trigger(`private-${threadChannel(row.threadId)}`, name, event, socket_id);
      return;
    }
    const channels = channelsOf(subject, row.subjectId);
    for (const channel of channels) await publisher.trigger(`private-${channel}`, name, event, socket_id);
    // Older clients also listen where no authorization is needed: there a record that is not public tells no words.
    if (!subject.isPublic) return;
    const told = (await subject.isPublic(database, row.subjectId)) ? event : { id, seq: comment.seq };
    for (const channel of channels) await publisher.trigger(channel, name, told, socket_id);
  };

/** Cuts a comment that is too large for an event: clients fetch the rest by its number. */
export function fitIntoEvent(comment: CommentDto): CommentDto {
  const sizeOf = (one: CommentDto) => Buffer.byteLength(JSON.stringify(one));
  if (sizeOf(comment) <= MAX_EVENT_BYTES) return comment;
  const cut: CommentDto = { ...comment, mentions: [], mentioned: [], reactions: [], truncated: true };
  for (let bytes = 4_000; sizeOf(cut) > MAX_EVENT_BYTES && bytes > 0; bytes -= 1_000)
    cut.content = cutToBytes(comment.content, bytes);
  return cut;
}
