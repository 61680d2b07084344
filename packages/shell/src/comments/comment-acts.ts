import type { CommentDto } from "@mgs/comments/contract/comment";
import type { CommentAct, CommentedRecord } from "./api";

/** What the reader may do on the record. */
export type CommentRights = {
  /** Write, answer, react, resolve. */
  comment: boolean;
  moderate: boolean;
};

/** A change of a comment, as the API takes it. */
export type CommentChangeCall = { act: CommentAct; body?: unknown };

/** What the parts of a list of comments do, each by the page's own discussion. */
export type CommentActs = {
  record: CommentedRecord;
  may: CommentRights;
  /** @returns false when it did not work, which the reader has been told */
  change(comment: CommentDto, call: CommentChangeCall): Promise<boolean>;
  /** Runs a call, and tells the reader when it did not work. */
  attempt(call: () => Promise<void>): Promise<boolean>;
  send(written: { content: string; mentions: string[] }, parentId: string | null): Promise<void>;
  typing(): void;
  /** Whether the reader has typed something at a place of the contract's drafts, and not sent it. */
  hasDraft(place: string): boolean;
};
