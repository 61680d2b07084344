import { array, boolean, nullable, number, object, type Shape, type ShapeOf, string } from "@mgs/core/shape";

/** Longest comment, in characters (code points). */
export const MAX_COMMENT_CHARACTERS = 1_000;

const mention: Shape<number | string> = (value): value is number | string => number(value) || string(value);

/** A comment as the API and the events tell it. */
export const comment = object({
  id: string,
  /** Empty when the comment was deleted or hidden. */
  content: string,
  user: object({ id: number, firstname: string, lastname: string, avatar: nullable(string) }),
  /** Ids of people, `role:<slug>` and `suiveurs`. */
  mentions: array(mention),
  /** The names that mentions are shown by. */
  mentioned: array(object({ key: string, name: string })),
  created_at: string,
  updated_at: string,
  edited_at: nullable(string),
  /** Its place stays. */
  deleted_at: nullable(string),
  hidden: nullable(object({ at: string, reason: string })),
  /** The comment that it answers. */
  parent_id: nullable(string),
  thread_id: nullable(string),
  resolved: nullable(object({ at: string, by: string })),
  reactions: array(object({ emoji: string, user_ids: array(number) })),
  /** Its number among the comments of the discussion, by which they are in order. */
  place: number,
  /** The number of its last change. */
  seq: number,
});
export type CommentDto = ShapeOf<typeof comment> & {
  /** The content was cut to fit an event. */
  truncated?: boolean | undefined;
};

/** A page of comments, the newest first. */
export const commentPage = object({
  comments: array(comment),
  pagination: object({ page: number, limit: number, total: number, totalPages: number }),
  /** Of the page with older comments; null at the end. */
  next: nullable(string),
  /** The discussion's number: what comes after it has to be asked for. */
  seq: number,
});
export type CommentPage = ShapeOf<typeof commentPage>;

/** What a client missed. */
export const commentChanges = object({
  /** More was missed than is told: the discussion is to be read anew. */
  reset: boolean,
  upserts: array(comment),
  /** Ids of the upserts that were deleted: their places stay. */
  tombstones: array(string),
  seq: number,
});
export type CommentChanges = ShapeOf<typeof commentChanges>;

/** The name of a comment's author as people read it. */
export const authorName = ({ firstname, lastname }: CommentDto["user"]): string => `${firstname} ${lastname}`.trim();
