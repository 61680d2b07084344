import type { ShapeOf } from "@mgs/core/shape";
import type { ChannelDocs } from "@mgs/realtime/channel-docs";
import { CLIENT_EVENTS, EVENTS, ONLINE_USERS_CHANNEL } from "@mgs/realtime/names";
import { z } from "zod";
import { messageAnswer } from "./answers.openapi";
import { conversationChannel, conversationReadsChannel, presenceChannel } from "./channels";
import type { conversationsChangedEvent } from "./contract/conversation";
import { conversationApiPath } from "./contract/links";
import { type PersonPresence, SHOWN_STATUSES } from "./contract/presence";

const told = z
  .object({
    message: messageAnswer.extend({
      contenu: z.string().meta({ description: "The same as `content`, for front ends of the system before" }),
    }),
  })
  .meta({ id: "MessageEvent" });
const changed = z.object({ conversation_id: z.int() }) satisfies z.ZodType<ShapeOf<typeof conversationsChangedEvent>>;
const CHANGES = conversationApiPath("{id}", "messages/changes");

/** What is told of messages. */
export const messageAsyncApi: readonly ChannelDocs[] = [
  {
    pattern: ONLINE_USERS_CHANNEL,
    summary: "Who has a portal open and is not invisible. Members: `user_id`, and `user_info.name`",
  },
  {
    pattern: `private-${presenceChannel("{id}")}`,
    summary: "How one person is seen: for pages that show them. `GET /api/presence?ids=` tells how it stands",
    parameter: "The person's id",
    events: [
      {
        name: EVENTS.presenceChanged,
        summary: "They are seen otherwise from now on",
        payload: z
          .object({
            user_id: z.int(),
            status: z.enum(SHOWN_STATUSES),
            last_seen_at: z.iso
              .datetime()
              .nullable()
              .meta({ description: "When they were last there; null while they are" }),
          })
          .meta({ id: "PersonPresence" }) satisfies z.ZodType<PersonPresence>,
      },
    ],
  },
  {
    pattern: `private-${conversationChannel("{id}")}`,
    summary: "The messages of one conversation: for those who are in it",
    parameter: "The conversation's id",
    events: [
      {
        name: EVENTS.messageCreated,
        summary: `A new message. What was missed, or is \`truncated\`: \`GET ${CHANGES}?after=\``,
        payload: told,
      },
      {
        name: EVENTS.messageUpdated,
        summary: "A message as it stands now: edited, or with other reactions",
        payload: told,
      },
      {
        name: EVENTS.messageDeleted,
        summary: "A message was deleted; its place stays, without its words",
        payload: told,
      },
    ],
    clientEvents: [
      {
        name: CLIENT_EVENTS.typing,
        summary: "The sender writes a message: true for three seconds",
        payload: z.object({ user_id: z.int() }),
      },
    ],
  },
  {
    pattern: `private-${conversationReadsChannel("{id}")}`,
    summary: "What the people of one conversation have read: of those who show it, to those who do",
    parameter: "The conversation's id",
    events: [
      {
        name: EVENTS.conversationRead,
        summary: "Somebody has read up to a place",
        payload: z.object({ user_id: z.int(), read_place: z.int() }),
      },
    ],
  },
  {
    pattern: "private-App.Models.User.{id}",
    events: [
      {
        name: EVENTS.conversationsChanged,
        summary: "A conversation of the person's has something new: list and count are to be read anew",
        payload: changed,
      },
      {
        name: EVENTS.ownPresenceChanged,
        summary: "The person has chosen how they are seen: `GET /api/presence/me` tells it",
        payload: z.object({}),
      },
    ],
  },
];
