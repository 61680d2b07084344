import type { CommentDto } from "@mgs/comments/contract/comment";
import type { LaneOutbox } from "../outbox/use-outbox";
import type { Typed } from "../writing/draft-keeper";
import type { WritingPlace } from "../writing/place";
import type { CommentAct, CommentedRecord } from "./api";
import type { WaitingEdit } from "./waiting-edit";

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
  /** Where its comments are written. */
  place: WritingPlace;
  may: CommentRights;
  /** What waits to be sent. */
  outbox: LaneOutbox;
  /** @returns false when it did not work, which the reader has been told */
  change(comment: CommentDto, call: CommentChangeCall): Promise<boolean>;
  /** Runs a call, and tells the reader when it did not work. */
  attempt(call: () => Promise<void>): Promise<boolean>;
  /** Writes a comment, as soon as there is a network. @returns false when this browser could not keep it, which its author has been told */
  send(written: { content: string; mentions: string[] }, parentId: string | null): Promise<boolean>;
  /** Changes the reader's own comment in the same way. `previous` is the text that they have changed. */
  edit(commentId: string, typed: Typed, mentions: string[], previous: string): Promise<boolean>;
  /** The edits of a comment that the server has not taken yet. */
  editsOf(commentId: string): readonly WaitingEdit[];
  typing(): void;
  /** Whether the reader has typed something at a place of the contract's drafts, and not sent it. */
  hasDraft(place: string): boolean;
  /** When the draft there was last typed on, before the page was drawn; null: there is none, or nobody knows. */
  draftTime(place: string): string | null;
  /** Whether they have asked for the draft at this place, whose field was not on the page. */
  isResumed(place: string): boolean;
};
