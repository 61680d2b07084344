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
import { type CommentDraft, commentDrafts, keptDraft } from "@mgs/comments/contract/drafts";
import { type Mentionable, mentionables } from "@mgs/comments/contract/mentions";
import { object, type Shape, string } from "@mgs/core/shape";
import { sessionFetch } from "../page-session";
import { learnServerTime } from "../time/server-clock";
import type { DraftWrite } from "./draft-keeper";

/** The record that comments are on. */
export type CommentedRecord = {
  /** Its part of addresses, such as `dossiers`. */
  segment: string;
  id: string;
  /** A private thread on it; without one the open discussion. */
  threadId?: string | undefined;
};

/** A refusal of the API, with the words for people. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly code: string;
  readonly status: number;
  readonly data: Readonly<Record<string, unknown>> | undefined;
  readonly retryAfterMs: number | null;

  constructor(response: Response, body: unknown) {
    const error = failure(body) ? body.error : { code: "UNAVAILABLE", message: "" };
    const [detail] = withDetails(error) ? error.details : [];
    super(isMessage(detail) ? detail.message : error.message);
    this.code = error.code;
    this.status = response.status;
    this.data = withData(error) ? (error.data as Readonly<Record<string, unknown>>) : undefined;
    const seconds = Number(response.headers.get("retry-after"));
    this.retryAfterMs = seconds > 0 ? seconds * 1_000 : null;
  }
}

const failure = object({ error: object({ code: string, message: string }) });
const isMessage = object({ message: string });
const withDetails: Shape<{ details: unknown[] }> = (value): value is { details: unknown[] } =>
  typeof value === "object" && value !== null && "details" in value && Array.isArray(value.details);
const withData = object({ data: object({}) });

type Call = { method?: string; body?: unknown; socketId?: string | undefined; keepalive?: boolean };

/**
 * Calls the portal's own API.
 * @throws Refusal for a refusal, TypeError without a network
 */
export async function callApi(
  path: string,
  { method = "GET", body, socketId, keepalive }: Call = {},
): Promise<unknown> {
  const response = await sessionFetch(path, {
    ...{ method, cache: "no-store", ...(keepalive ? { keepalive } : {}) },
    headers: {
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...(socketId === undefined ? {} : { "x-socket-id": socketId }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  learnServerTime(response.headers.get("date"));
  const answer: unknown = await response.json().catch(() => null);
  if (!response.ok) throw new Refusal(response, answer);
  return (answer as { data?: unknown } | null)?.data;
}

function check<T>(shape: Shape<T>, data: unknown): T {
  if (!shape(data)) throw new Error("the server answered with another shape");
  return data;
}

const PAGE_SIZE = 20;

export async function readCommentPage(record: CommentedRecord, before: string | null): Promise<CommentPage> {
  const query = new URLSearchParams({
    limit: String(PAGE_SIZE),
    ...(before === null ? {} : { before }),
    ...(record.threadId === undefined ? {} : { thread: record.threadId }),
  });
  return check(commentPage, await callApi(commentsApiPath(record, `?${query}`)));
}

export async function readCommentChanges(record: CommentedRecord, after: number): Promise<CommentChanges> {
  const query = new URLSearchParams({
    after: String(after),
    ...(record.threadId === undefined ? {} : { thread: record.threadId }),
  });
  return check(commentChanges, await callApi(commentChangesApiPath(record, String(query))));
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
  return check(comment, await callApi(path, { method, body, socketId }));
}

export async function reportComment(record: CommentedRecord, commentId: string, reason: string): Promise<void> {
  await callApi(commentApiPath(record, commentId, "reports"), { method: "POST", body: { reason } });
}

export async function searchMentionable(record: CommentedRecord, search: string): Promise<Mentionable[]> {
  const query = new URLSearchParams({
    search,
    ...(record.threadId === undefined ? {} : { thread: record.threadId }),
  });
  return check(mentionables, await callApi(mentionableApiPath(record, String(query))));
}

/** What was typed at a place on another device; null for nothing. */
export async function readDraft(record: CommentedRecord, place: string): Promise<CommentDraft | null> {
  const drafts = check(commentDrafts, await callApi(commentDraftsApiPath(record)));
  return drafts.find((draft) => draft.place === place) ?? null;
}

/** @returns the draft's version, 0 for one that was emptied, `conflict` when another writer has changed it since */
export async function keepDraft(
  record: CommentedRecord,
  draft: DraftWrite & { place: string },
  keepalive: boolean,
): Promise<number | "conflict"> {
  try {
    const kept = await callApi(commentDraftsApiPath(record), { method: "PUT", body: draft, keepalive });
    return keptDraft(kept) ? kept.version : 0;
  } catch (error) {
    if (error instanceof Refusal && error.code === "EDIT_CONFLICT") return "conflict";
    throw error;
  }
}

export async function tellTyping(record: CommentedRecord, socketId: string | undefined): Promise<void> {
  await callApi(presenceApiPath(record, "typing"), { method: "POST", socketId });
}
