import { array, boolean, nullable, number, object, type ShapeOf, string } from "@mgs/core/shape";

/** Longest name of a conversation, in characters. */
export const MAX_NAME_CHARACTERS = 100;
/** How many people one conversation may have. */
export const MAX_MEMBERS = 500;
/** Unread messages of one conversation are counted up to this number. */
export const MAX_COUNTED = 100;

/** Somebody in a conversation. */
export const conversationMember = object({
  id: number,
  name: string,
  joined_at: string,
  /** They see what stands behind this place. */
  from_place: number,
  /** Up to which place they have read; null: they do not show it, or the reader does not show theirs. */
  read_place: nullable(number),
});
export type ConversationMember = ShapeOf<typeof conversationMember>;

/** A conversation as its list shows it. */
export const conversation = object({
  id: number,
  /** As its reader sees it: its own name, else the names of the others. */
  title: string,
  /** Its own name; empty without one. */
  name: string,
  /** Two people, free of any record: it cannot be renamed, left or grown. */
  is_pair: boolean,
  /** The record that it is about. */
  subject: nullable(object({ type: string, id: string, title: string, href: string })),
  /** The others, the first few of them. */
  people: array(object({ id: number, name: string })),
  people_count: number,
  last_message: nullable(object({ name: string, excerpt: string, created_at: string, place: number })),
  last_at: string,
  last_place: number,
  /** Up to which place its reader has read. */
  read_place: number,
  /** Messages of others that its reader has not read, up to `MAX_COUNTED`. */
  unread_count: number,
  muted: boolean,
  pinned: boolean,
  archived: boolean,
});
export type ConversationDto = ShapeOf<typeof conversation>;

/** A conversation with its people. */
export const conversationDetails = object({
  conversation,
  members: array(conversationMember),
  /** Whether its reader shows what they have read, and sees it of others. */
  shows_reads: boolean,
  /** Whether its reader may take others out of it. */
  may_remove: boolean,
});
export type ConversationDetails = ShapeOf<typeof conversationDetails>;

export const conversationPage = object({
  conversations: array(conversation),
  /** Cursor of the page behind it; null at the end. */
  next: nullable(string),
});
export type ConversationPage = ShapeOf<typeof conversationPage>;

/** What the header shows. */
export const unreadCount = object({
  /** Unread messages over all conversations that are not muted, each counted up to `MAX_COUNTED`. */
  count: number,
  /** Conversations among them. */
  conversations: number,
});
export type UnreadCount = ShapeOf<typeof unreadCount>;

/** A conversation of one's own has something new: its list and its count are to be read anew. */
export const conversationsChangedEvent = object({ conversation_id: number });
/** Somebody has read up to a place. */
export const conversationReadEvent = object({ user_id: number, read_place: number });
/** Somebody writes a message: true for three seconds. */
export const typingEvent = object({ user_id: number });
