import type { Actor } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import { validate } from "@mgs/core/validate";
import type { Subject } from "@mgs/records/subject";
import { deleteSentDraft } from "@mgs/writing/drafts/drafts.repository";
import { followMentioned } from "@mgs/writing/mentions/follow-mentioned";
import { resolveMentions } from "@mgs/writing/mentions/resolve-mentions";
import { editCommentInput } from "../comment-input";
import type { CommentDto } from "../contract/comment";
import type { CommentDeps } from "../deps";
import { checkWords } from "../moderation/check-words";
import { commentNotice } from "../outbox-kinds";
import { countAct } from "./act-limit";
import { changeComment } from "./change-comment";
import type { Tab } from "./post-comment";
import { requireComment } from "./require-comment";
import { findTold, insertTold } from "./told.repository";

/**
 * Changes the text of one's own comment. Whom the edit names first are told, and nobody twice. A repetition changes nothing, so an edit that
 * waited for the network is made once.
 * @throws AppError the subject's `missing`, COMMENT_NOT_FOUND, FORBIDDEN for another's, VALIDATION_ERROR as {@link postComment},
 *   EDIT_CONFLICT with the text that stands in `data.content` when it is no longer `previous`; RATE_LIMITED
 */
export async function editComment(
  deps: CommentDeps,
  actor: Actor,
  subject: Subject,
  subjectId: string,
  commentId: string,
  input: unknown,
  tab: Tab = {},
): Promise<CommentDto> {
  const found = await requireComment(deps, actor, subject, subjectId, commentId);
  const { user, discussion } = found;
  if (found.row.deletedAt !== null) throw new AppError("COMMENT_NOT_FOUND");
  if (found.row.authorId !== user.userId || found.row.hiddenAt !== null) throw new AppError("FORBIDDEN");
  const { content, mentions, grant, previous } = validate(editCommentInput, input);
  return changeComment(deps, found, tab, async (tx, row) => {
    if (row.deletedAt !== null) throw new AppError("COMMENT_NOT_FOUND");
    // A page without a network could not say that the draft is sent.
    await deleteSentDraft(tx, { userId: user.userId, subjectType: subject.type, subjectId }, `edit:${row.id}`, content);
    const keys = mentions ?? row.mentions;
    const sameMentions = keys.length === row.mentions.length && keys.every((key) => row.mentions.includes(key));
    if (content === row.content && sameMentions) return null;
    if (previous !== undefined && content !== row.content && previous !== row.content.trim())
      throw new AppError("EDIT_CONFLICT", {
        details: [{ path: "content", message: "CHANGED_MEANWHILE" }],
        data: { content: row.content },
      });
    const now = deps.clock.now();
    await countAct(tx, "edit", { type: subject.type, id: subjectId }, user.userId, now);
    await checkWords(tx, content);
    // Somebody who was named before and has lost the access meanwhile stays named: only what the edit adds is looked at.
    const added = keys.filter((key) => !row.mentions.includes(key));
    const mentioned = await resolveMentions(tx, user, discussion, { keys: added, grant }, { at: now, ...tab });
    const told = await findTold(tx, row.id);
    const news = mentioned.userIds.filter((id) => !told.has(id));
    const tell = (await followMentioned(tx, discussion, news, { clock: deps.clock, by: user.userId })).filter(
      (id) => !told.has(id),
    );
    await insertTold(tx, row.id, tell);
    const notice = commentNotice.row({
      payload: {
        ...{ notice: "mentioned", subject_type: subject.type, subject_id: subjectId, comment_id: row.id },
        ...{ thread_id: row.threadId, user_ids: tell, by: user.userId },
      },
    });
    return {
      data: { content, mentions: [...keys], editedAt: now },
      rows: [...mentioned.rows, ...(tell.length === 0 ? [] : [notice])],
    };
  });
}
