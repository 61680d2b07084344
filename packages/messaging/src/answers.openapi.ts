import { z } from "zod";
import type { ConversationDetails, ConversationDto } from "./contract/conversation";
import type { ScheduledMessage } from "./contract/later";
import { MESSAGE_KINDS, type MessageDto } from "./contract/message";

const person = z.object({ id: z.int(), name: z.string() });
const mentioned = z.array(z.object({ key: z.string(), name: z.string() }));

export const messageAnswer = z
  .object({
    id: z.uuid(),
    conversation_id: z.int(),
    kind: z.enum(MESSAGE_KINDS).meta({ description: "`text`, or the line of what has happened to the conversation" }),
    content: z.string().meta({ description: "Markdown of a safe subset; empty when the message was deleted" }),
    auteur: z.object({
      ...{ id: z.int(), name: z.string(), firstname: z.string(), lastname: z.string(), avatar: z.string().nullable() },
    }),
    mentions: z
      .array(z.union([z.int(), z.string()]))
      .meta({ description: "Ids of people, `role:<slug>`, and `suiveurs` for everybody in the conversation" }),
    mentioned,
    reply_to: z
      .object({ id: z.uuid(), place: z.int(), name: z.string(), excerpt: z.string() })
      .nullable()
      .meta({ description: "The message that it answers, as far as the reader sees it" }),
    attachments: z.array(
      z.object({
        ...{ id: z.uuid(), name: z.string(), media_type: z.string(), bytes: z.int() },
        ...{ state: z.string(), has_thumbnail: z.boolean() },
      }),
    ),
    reactions: z.array(z.object({ emoji: z.string(), user_ids: z.array(z.int()) })),
    people: z.array(person).meta({ description: "Whom a line is about" }),
    name: z.string().meta({ description: "The conversation's new name, in a line that tells of it" }),
    created_at: z.iso.datetime(),
    edited_at: z.iso.datetime().nullable(),
    deleted_at: z.iso.datetime().nullable().meta({ description: "The place of a deleted message stays" }),
    place: z.int().meta({ description: "Its number in the conversation, by which messages are in order" }),
    seq: z.int().meta({ description: "The conversation's number of its last change" }),
    truncated: z.boolean().optional().meta({ description: "In events alone: the rest has to be fetched" }),
  })
  .meta({ id: "Message" }) satisfies z.ZodType<MessageDto>;

export const conversationAnswer = z
  .object({
    id: z.int(),
    title: z.string().meta({ description: "As its reader sees it: its name, else those of the others" }),
    name: z.string(),
    is_pair: z
      .boolean()
      .meta({ description: "Of two people, free of any record: it cannot be renamed, left or grown" }),
    subject: z.object({ type: z.string(), id: z.string(), title: z.string(), href: z.string() }).nullable(),
    people: z.array(person).meta({ description: "The first few of the others" }),
    people_count: z.int(),
    last_message: z
      .object({ name: z.string(), excerpt: z.string(), created_at: z.iso.datetime(), place: z.int() })
      .nullable(),
    ...{ last_at: z.iso.datetime(), last_place: z.int(), read_place: z.int() },
    unread_count: z.int().meta({ description: "Messages of others that the reader has not read, up to 100" }),
    ...{ muted: z.boolean(), pinned: z.boolean(), archived: z.boolean() },
  })
  .meta({ id: "Conversation" }) satisfies z.ZodType<ConversationDto>;

export const conversationDetailsAnswer = z
  .object({
    conversation: conversationAnswer,
    members: z.array(
      person.extend({
        joined_at: z.iso.datetime(),
        from_place: z.int().meta({ description: "They see the messages behind this place" }),
        read_place: z.int().nullable().meta({ description: "Null: they do not show it, or the reader does not" }),
      }),
    ),
    shows_reads: z.boolean(),
    may_remove: z.boolean(),
  })
  .meta({ id: "ConversationDetails" }) satisfies z.ZodType<ConversationDetails>;

export const scheduledAnswer = z
  .object({
    ...{ id: z.uuid(), conversation_id: z.int(), content: z.string(), mentioned, reply_to: z.uuid().nullable() },
    send_at: z.iso.datetime(),
    refusal: z.string().nullable().meta({ description: "Code of the refusal with which it could not be sent" }),
  })
  .meta({ id: "ScheduledMessage" }) satisfies z.ZodType<ScheduledMessage>;
