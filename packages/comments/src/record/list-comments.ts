import type { Actor } from "@mgs/core/actor";
import { validate } from "@mgs/core/validate";
import type { Database } from "@mgs/db/client";
import { readNumber } from "@mgs/records/changes/changes.repository";
import { requireSubject, type Subject } from "@mgs/records/subject";
import { toCommentDtos } from "../comment-dto";
import { commentChangesQuery, commentsQuery } from "../comment-input";
import { countComments, findChangedAfter, findPage } from "../comments.repository";
import type { CommentChanges, CommentPage } from "../contract/comment";
import { COMMENT_STREAM, discussionOf } from "../discussion";
import { can } from "../permissions";

/** A client that has missed more reads the discussion anew, which costs less. */
const MAX_CHANGES = 200;

/**
 * Lists comments by pages, the newest first.
 * @throws AppError the subject's `missing`, SUBJECT_NOT_FOUND for a private thread of others, VALIDATION_ERROR
 */
export async function listComments(
  deps: { database: Database },
  actor: Actor,
  subject: Subject,
  subjectId: string,
  input: unknown,
): Promise<CommentPage> {
  const view = await requireSubject(deps, actor, subject, subjectId);
  const { page, limit, before, thread } = validate(commentsQuery, input);
  const { key } = await discussionOf(deps, actor, subject, view, thread);
  // The number first: a comment that comes between the two is in the page, and asked for once more.
  const seq = await readNumber(deps.database, COMMENT_STREAM, key);
  const skip = before === undefined ? (page - 1) * limit : 0;
  const [rows, total] = await Promise.all([
    findPage(deps.database, key, { before, skip, limit: limit + 1 }),
    countComments(deps.database, key),
  ]);
  const comments = await toCommentDtos(deps.database, rows.slice(0, limit), {
    reveal: can(actor, "comments.moderate"),
  });
  return {
    comments,
    pagination: { page, limit, total, totalPages: Math.ceil(total / limit) },
    next: rows.length > limit ? String(comments.at(-1)?.place) : null,
    seq,
  };
}

/**
 * Lists the comments that changed after number `after`: what a client missed while it was away.
 * @throws AppError as {@link listComments}
 */
export async function listCommentChanges(
  deps: { database: Database },
  actor: Actor,
  subject: Subject,
  subjectId: string,
  input: unknown,
): Promise<CommentChanges> {
  const view = await requireSubject(deps, actor, subject, subjectId);
  const { after, thread } = validate(commentChangesQuery, input);
  const { key } = await discussionOf(deps, actor, subject, view, thread);
  const seq = await readNumber(deps.database, COMMENT_STREAM, key);
  const rows = await findChangedAfter(deps.database, key, after, MAX_CHANGES + 1);
  if (rows.length > MAX_CHANGES || after > seq) return { reset: true, upserts: [], tombstones: [], seq };
  const upserts = await toCommentDtos(deps.database, rows, { reveal: can(actor, "comments.moderate") });
  const tombstones = upserts.filter(({ deleted_at }) => deleted_at !== null).map(({ id }) => id);
  return { reset: false, upserts, tombstones, seq: Math.max(seq, upserts.at(-1)?.seq ?? 0) };
}
