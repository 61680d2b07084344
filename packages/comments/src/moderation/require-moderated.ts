import type { Actor } from "@mgs/core/actor";
import { requireUser } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import { requireSubject, type Subject } from "@mgs/records/subject";
import { findComment } from "../comments.repository";
import type { CommentDeps } from "../deps";
import { findThreadDiscussion } from "../discussion";
import { can } from "../permissions";
import { type FoundComment, requireComment } from "../record/require-comment";
import { isReported } from "./reports.repository";

/**
 * Finds a comment that a person may read or moderate. Of a private thread in which they do not take part a moderator of the record finds what
 * was reported, and nothing else: whoever takes part in it has shown it to them.
 * @throws AppError what {@link requireComment} throws
 */
export async function requireModerated(
  deps: Pick<CommentDeps, "database">,
  actor: Actor,
  subject: Subject,
  subjectId: string,
  commentId: string,
): Promise<FoundComment> {
  try {
    return await requireComment(deps, actor, subject, subjectId, commentId);
  } catch (error) {
    const isHidden = error instanceof AppError && error.code === "COMMENT_NOT_FOUND";
    const found =
      isHidden && can(actor, "comments.moderate")
        ? await findReported(deps, actor, subject, subjectId, commentId)
        : null;
    if (!found) throw error;
    return found;
  }
}

async function findReported(
  { database }: Pick<CommentDeps, "database">,
  actor: Actor,
  subject: Subject,
  subjectId: string,
  commentId: string,
): Promise<FoundComment | null> {
  const view = await requireSubject({ database }, actor, subject, subjectId);
  if (!(await isReported(database, commentId))) return null;
  const row = await findComment(database, { type: subject.type, id: view.id }, commentId);
  if (!row?.threadId) return null;
  const discussion = await findThreadDiscussion({ database }, subject, view, row.threadId);
  return discussion && { user: requireUser(actor), row, discussion };
}
