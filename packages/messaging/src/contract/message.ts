import { array, boolean, nullable, number, object, oneOf, type Shape, type ShapeOf, string } from "@mgs/core/shape";

/** Longest message, in characters (code points). */
export const MAX_MESSAGE_CHARACTERS = 5_000;
/** For so long its author may edit or delete a message. */
export const CHANGEABLE_MINUTES = 15;
/** How many messages a person may write within a minute, over all conversations. */
export const MAX_MESSAGES_PER_MINUTE = 30;

/** What a message is, or which line of what has happened to its conversation. */
export const MESSAGE_KINDS = ["text", "added", "removed", "left", "renamed"] as const;
export type MessageKind = (typeof MESSAGE_KINDS)[number];

const mention: Shape<number | string> = (value): value is number | string => number(value) || string(value);
const person = object({ id: number, name: string });

/** A file of a message. Its address is that of the conversation's documents. */
export const messageAttachment = object({
  id: string,
  name: string,
  media_type: string,
  bytes: number,
  /** `ready`, or why it cannot be opened yet or any more. */
  state: string,
  has_thumbnail: boolean,
});
export type MessageAttachment = ShapeOf<typeof messageAttachment>;

/** A message as the API and the events tell it. */
export const message = object({
  id: string,
  conversation_id: number,
  kind: oneOf(...MESSAGE_KINDS),
  /** Empty when the message was deleted, and for lines of what has happened. */
  content: string,
  /** The name that the front ends before ours know it by. */
  auteur: object({ id: number, name: string, firstname: string, lastname: string, avatar: nullable(string) }),
  /** Ids of people, `role:<slug>` and `suiveurs` (everybody in the conversation). */
  mentions: array(mention),
  /** The names that mentions are shown by. */
  mentioned: array(object({ key: string, name: string })),
  /** The message that it answers, as much of it as a line holds. */
  reply_to: nullable(object({ id: string, place: number, name: string, excerpt: string })),
  attachments: array(messageAttachment),
  reactions: array(object({ emoji: string, user_ids: array(number) })),
  /** Whom a line is about. */
  people: array(person),
  /** The conversation's new name, in a line that tells of it. */
  name: string,
  created_at: string,
  edited_at: nullable(string),
  /** Its place stays. */
  deleted_at: nullable(string),
  /** Its number among the messages of the conversation, by which they are in order. */
  place: number,
  /** The number of its last change. */
  seq: number,
});
export type MessageDto = ShapeOf<typeof message> & {
  /** The content was cut to fit an event. */
  truncated?: boolean | undefined;
};

/** Messages around a place, the oldest first. */
export const messagePage = object({
  messages: array(message),
  /** Cursor of what is older; null: this is the beginning that the reader sees. */
  older: nullable(number),
  /** Cursor of what is newer; null: the newest are there. */
  newer: nullable(number),
  /** The conversation's number: what comes after it has to be asked for. */
  seq: number,
});
export type MessagePage = ShapeOf<typeof messagePage>;

/** What a client missed. */
export const messageChanges = object({
  /** More was missed than is told: the conversation is to be read anew. */
  reset: boolean,
  upserts: array(message),
  /** Ids of the upserts that were deleted: their places stay. */
  tombstones: array(string),
  seq: number,
});
export type MessageChanges = ShapeOf<typeof messageChanges>;
