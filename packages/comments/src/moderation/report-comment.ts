import { audit } from "@mgs/audit/audit.repository";
import { type Actor, requireUser } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import { holdsPermission } from "@mgs/core/roles";
import { requiredText } from "@mgs/core/text-schema";
import { validate } from "@mgs/core/validate";
import type { Transaction } from "@mgs/db/client";
import { findRoles } from "@mgs/identity/roles/roles.repository";
import { findPeopleOfRole, findPeopleRights } from "@mgs/identity/users/people-rights.repository";
import { insertOutbox } from "@mgs/jobs/outbox.repository";
import type { Subject } from "@mgs/records/subject";
import { z } from "zod";
import { toCommentDtos } from "../comment-dto";
import { findCommentById } from "../comments.repository";
import type { CommentReport } from "../contract/reports";
import type { CommentDeps } from "../deps";
import { commentNotice } from "../outbox-kinds";
import { requirePermission } from "../permissions";
import { countAct } from "../record/act-limit";
import { requireComment } from "../record/require-comment";
import { closeReports, findOpenReports, insertReport } from "./reports.repository";
import { requireModerated } from "./require-moderated";

const MAX_REASON_CHARACTERS = 500;
const MAX_MODERATORS_OF_ROLE = 50;
const MAX_REPORTS = 100;

export const reportInput = z.strictObject({ reason: requiredText(MAX_REASON_CHARACTERS) });

/**
 * Reports a comment to the moderators who see the record, also one of a private thread, which they read by that; each person once.
 * @throws AppError the subject's `missing`, COMMENT_NOT_FOUND, VALIDATION_ERROR, RATE_LIMITED
 */
export async function reportComment(
  deps: CommentDeps,
  actor: Actor,
  subject: Subject,
  subjectId: string,
  commentId: string,
  input: unknown,
): Promise<void> {
  const { user, row } = await requireComment(deps, actor, subject, subjectId, commentId);
  if (row.deletedAt !== null) throw new AppError("COMMENT_NOT_FOUND");
  const { reason } = validate(reportInput, input);
  const refs = await deps.database.$transaction(async (tx) => {
    const now = deps.clock.now();
    const report = { commentId: row.id, userId: user.userId, reason, reportedAt: now };
    if (!(await insertReport(tx, report))) return [];
    await countAct(tx, "report", { type: subject.type, id: row.subjectId }, user.userId, now);
    const moderators = await subject.visibleTo(tx, subjectId, await findModerators(tx));
    const told = moderators.filter((id) => id !== user.userId && id !== row.authorId);
    if (told.length === 0) return [];
    const payload = {
      ...{ notice: "reported" as const, subject_type: subject.type, subject_id: subjectId, comment_id: row.id },
      ...{ thread_id: row.threadId, user_ids: told, by: user.userId },
    };
    return insertOutbox(tx, [commentNotice.row({ payload })]);
  });
  await deps.enqueuer.enqueue(refs);
}

async function findModerators(tx: Transaction): Promise<number[]> {
  const roles = (await findRoles(tx)).filter(({ slug, permissions }) =>
    holdsPermission({ role: slug, permissions }, "comments.moderate"),
  );
  const people = await Promise.all(roles.map(({ slug }) => findPeopleOfRole(tx, slug, MAX_MODERATORS_OF_ROLE)));
  return people.flat().map(({ id }) => id);
}

/**
 * Lists open reports of comments on records that a moderator sees, the oldest first.
 * @throws AppError FORBIDDEN
 */
export async function listReports(
  deps: CommentDeps,
  actor: Actor,
  subjects: readonly Subject[],
): Promise<CommentReport[]> {
  requirePermission(actor, "comments.moderate");
  requireUser(actor);
  const reports = await findOpenReports(deps.database, MAX_REPORTS);
  const people = await findPeopleRights(deps.database, [...new Set(reports.map(({ userId }) => userId))]);
  const shown: CommentReport[] = [];
  for (const { commentId, userId, reason, reportedAt, comment: about } of reports) {
    const subject = subjects.find(({ type }) => type === about.subjectType);
    const found = subject
      ? await requireModerated(deps, actor, subject, about.subjectId, commentId).catch(() => null)
      : null;
    if (!subject || !found) continue;
    const [comment] = await toCommentDtos(deps.database, [found.row], { reveal: true });
    if (!comment) continue;
    shown.push({
      ...{ comment, reason, reported_at: reportedAt.toISOString(), segment: subject.segment },
      reported_by: people.find(({ id }) => id === userId)?.name ?? "",
      subject: { id: about.subjectId, title: found.discussion.view.title, path: found.discussion.view.path },
    });
  }
  return shown;
}

/**
 * Settles the reports of a comment that stays as it is.
 * @throws AppError the subject's `missing`, COMMENT_NOT_FOUND, FORBIDDEN
 */
export async function settleReports(
  deps: CommentDeps,
  actor: Actor,
  subject: Subject,
  subjectId: string,
  commentId: string,
): Promise<void> {
  const { user, row } = await requireModerated(deps, actor, subject, subjectId, commentId);
  requirePermission(actor, "comments.moderate");
  await deps.database.$transaction(async (tx) => {
    const closed = await closeReports(tx, row.id, user.userId, deps.clock.now());
    if (closed === 0 || !(await findCommentById(tx, row.id))) return;
    await audit(tx, { actor, action: "comment.report-settled", subject: row.id, userId: row.authorId });
  });
}
