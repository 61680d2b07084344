import type { Actor } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import { validate } from "@mgs/core/validate";
import type { Subject } from "@mgs/records/subject";
import { z } from "zod";
import type { CommentDto } from "../contract/comment";
import type { CommentDeps } from "../deps";
import { countAct } from "./act-limit";
import { changeComment } from "./change-comment";
import type { Tab } from "./post-comment";
import { requireCommentOfParticipant } from "./require-comment";

export const resolutionInput = z.strictObject({ resolved: z.boolean({ error: "INVALID_BOOLEAN" }) });

/**
 * Marks a comment and its answers as resolved, or opens them again.
 * @throws AppError the subject's `missing`; COMMENT_NOT_FOUND, also for an answer; NOT_PARTICIPANT, VALIDATION_ERROR,
 *   RATE_LIMITED
 */
export async function resolveThread(
  deps: CommentDeps,
  actor: Actor,
  subject: Subject,
  subjectId: string,
  commentId: string,
  input: unknown,
  tab: Tab = {},
): Promise<CommentDto> {
  const found = await requireCommentOfParticipant(deps, actor, subject, subjectId, commentId);
  const { resolved } = validate(resolutionInput, input);
  return changeComment(deps, found, tab, async (tx, row) => {
    if (row.parentId !== null) throw new AppError("COMMENT_NOT_FOUND");
    if ((row.resolvedAt !== null) === resolved) return null;
    await countAct(tx, "resolve", { type: subject.type, id: row.subjectId }, found.user.userId, deps.clock.now());
    return {
      data: resolved
        ? { resolvedAt: deps.clock.now(), resolvedBy: found.user.userId }
        : { resolvedAt: null, resolvedBy: null },
    };
  });
}
