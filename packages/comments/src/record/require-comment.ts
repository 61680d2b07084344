import { type Actor, requireUser, type UserActor } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import { UUID_PATTERN } from "@mgs/core/ids";
import type { Database, Transaction } from "@mgs/db/client";
import { requireSubject, type Subject } from "@mgs/records/subject";
import { type CommentRow, findComment } from "../comments.repository";
import { type Discussion, discussionOf } from "../discussion";

export type FoundComment = { user: UserActor; row: CommentRow; discussion: Discussion };

/**
 * Finds a comment that a person may read.
 * @throws AppError the subject's `missing`, FORBIDDEN for programs; COMMENT_NOT_FOUND, also for one in a private thread of others
 */
export async function requireComment(
  deps: { database: Database | Transaction },
  actor: Actor,
  subject: Subject,
  subjectId: string,
  commentId: string,
): Promise<FoundComment> {
  const view = await requireSubject(deps, actor, subject, subjectId);
  const user = requireUser(actor);
  const row = UUID_PATTERN.test(commentId)
    ? await findComment(deps.database, { type: subject.type, id: view.id }, commentId)
    : null;
  if (!row) throw new AppError("COMMENT_NOT_FOUND");
  const discussion = await discussionOf(deps, actor, subject, view, row.threadId ?? undefined).catch(() => null);
  if (!discussion) throw new AppError("COMMENT_NOT_FOUND");
  return { user, row, discussion };
}

/**
 * Finds a comment on a record whose discussion a person takes part in.
 * @throws AppError what `requireComment` throws; NOT_PARTICIPANT
 */
export async function requireCommentOfParticipant(...asked: Parameters<typeof requireComment>): Promise<FoundComment> {
  const found = await requireComment(...asked);
  if (!found.discussion.view.may.comment) throw new AppError("NOT_PARTICIPANT");
  return found;
}
