import type { CommentDto } from "./comment";

/** A report of a comment, for moderators. */
export type CommentReport = {
  comment: CommentDto;
  reason: string;
  reported_by: string;
  reported_at: string;
  /** The record's part of addresses, such as `dossiers`. */
  segment: string;
  subject: { id: string; title: string; path: string };
};
