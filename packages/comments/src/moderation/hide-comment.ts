import { audit } from "@mgs/audit/audit.repository";
import type { Actor } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import { optionalText } from "@mgs/core/text-schema";
import { validate } from "@mgs/core/validate";
import type { Subject } from "@mgs/records/subject";
import { z } from "zod";
import type { CommentDto } from "../contract/comment";
import type { CommentDeps } from "../deps";
import { requirePermission } from "../permissions";
import { changeComment } from "../record/change-comment";
import type { Tab } from "../record/post-comment";
import { closeReports } from "./reports.repository";
import { requireModerated } from "./require-moderated";

const MAX_REASON_CHARACTERS = 500;

export const visibilityInput = z
  .strictObject({ hidden: z.boolean({ error: "INVALID_BOOLEAN" }), reason: optionalText(MAX_REASON_CHARACTERS) })
  .refine(({ hidden, reason }) => !hidden || reason !== "", { error: "REQUIRED", path: ["reason"] });

/**
 * Hides a comment from everybody but moderators, with a reason that all see; or shows it again. The audit trail keeps what was hidden.
 * Reports of it are settled by that.
 * @throws AppError the subject's `missing`, COMMENT_NOT_FOUND, FORBIDDEN, VALIDATION_ERROR
 */
export async function hideComment(
  deps: CommentDeps,
  actor: Actor,
  subject: Subject,
  subjectId: string,
  commentId: string,
  input: unknown,
  tab: Tab = {},
): Promise<CommentDto> {
  const found = await requireModerated(deps, actor, subject, subjectId, commentId);
  requirePermission(actor, "comments.moderate");
  const { hidden, reason } = validate(visibilityInput, input);
  return changeComment(deps, found, tab, async (tx, row) => {
    if (row.deletedAt !== null) throw new AppError("COMMENT_NOT_FOUND");
    if ((row.hiddenAt !== null) === hidden) return null;
    const now = deps.clock.now();
    await closeReports(tx, row.id, found.user.userId, now);
    const about = { actor, subject: row.id, userId: row.authorId };
    if (!hidden) {
      await audit(tx, { ...about, action: "comment.shown" });
      return { data: { hiddenAt: null, hiddenBy: null, hiddenReason: "" } };
    }
    await audit(tx, { ...about, action: "comment.hidden", details: { reason, content: row.content } });
    return { data: { hiddenAt: now, hiddenBy: found.user.userId, hiddenReason: reason } };
  });
}
