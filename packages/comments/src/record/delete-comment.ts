import { audit } from "@mgs/audit/audit.repository";
import type { Actor } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import type { Subject } from "@mgs/records/subject";
import type { CommentDto } from "../contract/comment";
import type { CommentDeps } from "../deps";
import { closeReports } from "../moderation/reports.repository";
import { can, requirePermission } from "../permissions";
import { changeComment } from "./change-comment";
import type { Tab } from "./post-comment";
import { requireComment } from "./require-comment";

/** A deleted comment can be brought back for so long; after that its text is gone. */
export const RESTORABLE_DAYS = 30;

/**
 * Deletes a comment: one's own, or another's with the right to moderate, which settles its reports. Its place stays, and a second time does
 * nothing.
 * @throws AppError the subject's `missing`, COMMENT_NOT_FOUND, FORBIDDEN
 */
export async function deleteComment(
  deps: CommentDeps,
  actor: Actor,
  subject: Subject,
  subjectId: string,
  commentId: string,
  tab: Tab = {},
): Promise<CommentDto> {
  const found = await requireComment(deps, actor, subject, subjectId, commentId);
  const { user } = found;
  const isOwn = found.row.authorId === user.userId;
  if (!isOwn) requirePermission(actor, "comments.moderate");
  return changeComment(deps, found, tab, async (tx, row) => {
    if (row.deletedAt !== null) return null;
    const now = deps.clock.now();
    if (!isOwn) {
      await audit(tx, { actor, action: "comment.deleted", subject: row.id, userId: row.authorId });
      await closeReports(tx, row.id, user.userId, now);
    }
    return { data: { deletedAt: now, deletedBy: user.userId }, op: "deleted" };
  });
}

/**
 * Brings a deleted comment back: its author what they deleted, others with the right to moderate.
 * @throws AppError the subject's `missing`; COMMENT_NOT_FOUND, also when too much time has passed; FORBIDDEN
 */
export async function restoreComment(
  deps: CommentDeps,
  actor: Actor,
  subject: Subject,
  subjectId: string,
  commentId: string,
  tab: Tab = {},
): Promise<CommentDto> {
  const found = await requireComment(deps, actor, subject, subjectId, commentId);
  const { user, row } = found;
  const isOwn = row.authorId === user.userId && row.deletedBy === user.userId;
  if (!isOwn && !can(actor, "comments.moderate")) throw new AppError("FORBIDDEN");
  return changeComment(deps, found, tab, async (tx, { deletedAt, content }) => {
    if (deletedAt === null) return null;
    const days = (deps.clock.now().getTime() - deletedAt.getTime()) / 86_400_000;
    if (days > RESTORABLE_DAYS || content === "") throw new AppError("COMMENT_NOT_FOUND");
    if (!isOwn) await audit(tx, { actor, action: "comment.restored", subject: row.id, userId: row.authorId });
    return { data: { deletedAt: null, deletedBy: null } };
  });
}
