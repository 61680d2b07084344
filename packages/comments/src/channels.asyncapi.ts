import type { ChannelDocs, EventDocs } from "@mgs/realtime/channel-docs";
import type { RecordPresenceEvent } from "@mgs/realtime/events";
import { EVENTS } from "@mgs/realtime/names";
import { type Subject, subjectApiPath } from "@mgs/records/subject";
import { z } from "zod";
import { commentAnswer } from "./answers.openapi";
import { threadChannel } from "./channels";

const presence = z
  .object({
    user_id: z.int(),
    name: z.string(),
    user: z.object({ id: z.int(), firstname: z.string(), lastname: z.string(), avatar: z.string().nullable() }),
  })
  .meta({ id: "RecordPresence" }) satisfies z.ZodType<RecordPresenceEvent>;

/** A comment of a record that is not public, where no authorization is needed. */
const commentNumber = z
  .object({ id: z.uuid(), seq: z.int().meta({ description: "The discussion's number of its last change" }) })
  .meta({ id: "CommentNumber" });

const commentEvents = (payload: z.ZodType, changes: string): readonly EventDocs[] => [
  { name: EVENTS.commentCreated, summary: `A new comment. What was missed: \`GET ${changes}?after=\``, payload },
  {
    name: EVENTS.commentUpdated,
    summary: "A comment as it stands now: edited, resolved, hidden, restored, or with other reactions",
    payload,
  },
  { name: EVENTS.commentDeleted, summary: "A comment was deleted; its place stays, without its words", payload },
];

const presenceEvents: readonly EventDocs[] = [
  { name: EVENTS.userOnline, summary: "Somebody has come who tells so over HTTP, without a socket", payload: presence },
  { name: EVENTS.userOffline, summary: "They have left, or gave no sign for a minute", payload: presence },
  { name: EVENTS.userTyping, summary: "Somebody types a comment: true for three seconds", payload: presence },
];

/** What is told of comments: on the channels of records, on those that older clients hear, and on those of private threads. */
export const commentAsyncApi = (subjects: readonly Subject[]): readonly ChannelDocs[] => [
  ...subjects.flatMap((subject) => {
    const changes = subjectApiPath(subject, "{id}", "comments/changes");
    return subject.channels.flatMap((channel): ChannelDocs[] => [
      { pattern: `private-${channel}`, events: commentEvents(commentAnswer, changes) },
      { pattern: `presence-${channel}`, events: presenceEvents },
      ...(subject.isPublic
        ? [
            {
              pattern: channel,
              summary: `Comments of one record (${subject.type}), for older clients: all of a public one, else numbers alone`,
              parameter: "The record's id",
              events: commentEvents(z.union([commentAnswer, commentNumber]), changes),
            },
          ]
        : []),
    ]);
  }),
  {
    pattern: `private-${threadChannel("{id}")}`,
    summary: "Comments of a private thread: for those who take part, as long as they see the record",
    parameter: "The thread's id",
    events: commentEvents(commentAnswer, subjectApiPath({ segment: "{subject}" }, "{id}", "comments/changes")),
  },
];
