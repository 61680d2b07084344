import type { Actor } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import { validate } from "@mgs/core/validate";
import type { Subject } from "@mgs/records/subject";
import { reactionInput } from "@mgs/writing/reaction-input";
import { deleteReaction, insertReaction } from "../comments.repository";
import type { CommentDto } from "../contract/comment";
import type { CommentDeps } from "../deps";
import { countAct } from "./act-limit";
import { changeComment } from "./change-comment";
import type { Tab } from "./post-comment";
import { requireCommentOfParticipant } from "./require-comment";

/**
 * Adds a person's reaction to a comment, or takes it back; a second time does nothing.
 * @throws AppError the subject's `missing`, COMMENT_NOT_FOUND, NOT_PARTICIPANT, VALIDATION_ERROR,
 *   RATE_LIMITED
 */
export async function reactToComment(
  deps: CommentDeps,
  actor: Actor,
  subject: Subject,
  subjectId: string,
  commentId: string,
  input: unknown,
  tab: Tab = {},
): Promise<CommentDto> {
  const found = await requireCommentOfParticipant(deps, actor, subject, subjectId, commentId);
  const { emoji, on } = validate(reactionInput, input);
  return changeComment(deps, found, tab, async (tx, row) => {
    if (row.deletedAt !== null || row.hiddenAt !== null) throw new AppError("COMMENT_NOT_FOUND");
    const reaction = { commentId: row.id, userId: found.user.userId, emoji };
    const changed = on ? await insertReaction(tx, reaction) : await deleteReaction(tx, reaction);
    if (!changed) return null;
    await countAct(tx, "react", { type: subject.type, id: row.subjectId }, found.user.userId, deps.clock.now());
    return { data: {} };
  });
}
