import {
  commentApiPath,
  commentChangesApiPath,
  commentDraftsApiPath,
  commentsApiPath,
  mentionableApiPath,
  presenceApiPath,
} from "@mgs/comments/contract/addresses";
import {
  type CommentChanges,
  type CommentDto,
  type CommentPage,
  comment,
  commentChanges,
  commentPage,
} from "@mgs/comments/contract/comment";
import { callApi, checkShape } from "../api/call-api";
import type { WritingPlace } from "../writing/place";

/** The record that comments are on. */
export type CommentedRecord = {
  /** Its part of addresses, such as `dossiers`. */
  segment: string;
  id: string;
  /** A private thread on it; without one the open discussion. */
  threadId?: string | undefined;
};

/** Where the comments of a record are written. */
export const placeOfWriting = (record: CommentedRecord): WritingPlace => ({
  key: `${record.segment}-${record.id}`,
  mentionablePath: (query) =>
    mentionableApiPath(record, record.threadId === undefined ? query : `${query}&thread=${record.threadId}`),
  draftsPath: commentDraftsApiPath(record),
});

const PAGE_SIZE = 20;

export async function readCommentPage(record: CommentedRecord, before: string | null): Promise<CommentPage> {
  const query = new URLSearchParams({
    limit: String(PAGE_SIZE),
    ...(before === null ? {} : { before }),
    ...(record.threadId === undefined ? {} : { thread: record.threadId }),
  });
  return checkShape(commentPage, await callApi(commentsApiPath(record, `?${query}`)));
}

export async function readCommentChanges(record: CommentedRecord, after: number): Promise<CommentChanges> {
  const query = new URLSearchParams({
    after: String(after),
    ...(record.threadId === undefined ? {} : { thread: record.threadId }),
  });
  return checkShape(commentChanges, await callApi(commentChangesApiPath(record, String(query))));
}

/** What one does with a comment that stands there, besides editing it. Each sets a state, so that a repetition changes nothing. */
export type CommentAct = "delete" | "restore" | "reactions" | "resolution" | "visibility";

/** Changes a comment. @returns it after the change */
export async function changeComment(
  record: CommentedRecord,
  commentId: string,
  { act, body, socketId }: { act: CommentAct; body?: unknown; socketId: string | undefined },
): Promise<CommentDto> {
  const method = act === "delete" ? "DELETE" : "POST";
  const path = commentApiPath(record, commentId, method === "POST" ? act : "");
  return checkShape(comment, await callApi(path, { method, body, socketId }));
}

export async function reportComment(record: CommentedRecord, commentId: string, reason: string): Promise<void> {
  await callApi(commentApiPath(record, commentId, "reports"), { method: "POST", body: { reason } });
}

export async function tellTyping(record: CommentedRecord, socketId: string | undefined): Promise<void> {
  await callApi(presenceApiPath(record, "typing"), { method: "POST", socketId });
}
