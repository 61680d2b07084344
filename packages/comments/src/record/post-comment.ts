import { type Actor, requireUser, type UserActor } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import { uuidv7 } from "@mgs/core/ids";
import { validate } from "@mgs/core/validate";
import { isUniqueViolation, type Transaction } from "@mgs/db/client";
import { insertOutbox } from "@mgs/jobs/outbox.repository";
import type { NewOutboxRow } from "@mgs/jobs/outbox-kind";
import { takeNumber } from "@mgs/records/changes/changes.repository";
import { requireSubject, type Subject } from "@mgs/records/subject";
import { deleteSentDraft } from "@mgs/writing/drafts/drafts.repository";
import { followMentioned } from "@mgs/writing/mentions/follow-mentioned";
import { resolveMentions } from "@mgs/writing/mentions/resolve-mentions";
import type { z } from "zod";
import { toCommentDtos } from "../comment-dto";
import { postCommentInput } from "../comment-input";
import { findComment, findCommentById, insertComment, lockAuthor } from "../comments.repository";
import type { CommentDto } from "../contract/comment";
import type { CommentDeps } from "../deps";
import { COMMENT_STREAM, type Discussion, discussionOf } from "../discussion";
import { checkWords } from "../moderation/check-words";
import { commentChanged, commentNotice } from "../outbox-kinds";
import { countAct } from "./act-limit";
import { insertTold } from "./told.repository";

type Request = z.output<typeof postCommentInput>;

/** The tab that makes a change: it is not told of it. */
export type Tab = { socketId?: string | undefined };

/**
 * Writes a comment. With an id that the client made, a repetition gets the first comment and does nothing else.
 * @throws AppError the subject's `missing`, NOT_PARTICIPANT, FORBIDDEN, VALIDATION_ERROR (`data.without_access` for mentions of people who
 *   may not see the record), SUBJECT_NOT_FOUND, COMMENT_NOT_FOUND, CONFLICT for another comment's id, RATE_LIMITED
 */
export async function postComment(
  deps: CommentDeps,
  actor: Actor,
  subject: Subject,
  subjectId: string,
  input: unknown,
  { socketId }: Tab = {},
): Promise<{ comment: CommentDto; repeated: boolean }> {
  const view = await requireSubject(deps, actor, subject, subjectId);
  const user = requireUser(actor);
  if (!view.may.comment) throw new AppError("NOT_PARTICIPANT");
  const request = validate(postCommentInput, input);
  const discussion = await discussionOf(deps, actor, subject, view, request.thread_id ?? undefined);
  const id = request.id ?? uuidv7(deps.clock.now().getTime());
  const { refs, repeated } = await deps.database
    .$transaction(async (tx) => {
      // One at a time: a repetition waits for the first.
      await lockAuthor(tx, user.userId);
      if (request.id !== undefined && (await isRepetition(tx, user, discussion, request.id)))
        return { refs: [], repeated: true };
      const rows = await write(tx, deps, user, discussion, id, request, socketId);
      return { refs: await insertOutbox(tx, rows), repeated: false };
    })
    .catch((error: unknown) => {
      // Another person has written a comment with this id in the same moment.
      throw isUniqueViolation(error) ? new AppError("CONFLICT") : error;
    });
  await deps.enqueuer.enqueue(refs);
  const row = await findCommentById(deps.database, id);
  const [comment] = await toCommentDtos(deps.database, row ? [row] : []);
  if (!comment) throw new AppError("COMMENT_NOT_FOUND");
  return { comment, repeated };
}

/** @throws AppError CONFLICT for the id of another comment */
async function isRepetition(tx: Transaction, user: UserActor, { key }: Discussion, id: string): Promise<boolean> {
  const found = await findCommentById(tx, id);
  if (!found) return false;
  if (found.authorId !== user.userId || found.discussion !== key) throw new AppError("CONFLICT");
  return true;
}

async function write(
  tx: Transaction,
  { clock }: CommentDeps,
  user: UserActor,
  discussion: Discussion,
  id: string,
  { content, mentions, grant, parent_id }: Request,
  socketId: string | undefined,
): Promise<NewOutboxRow[]> {
  const now = clock.now();
  const { subject, view, key, thread } = discussion;
  await countAct(tx, "post", { type: subject.type, id: view.id }, user.userId, now);
  await checkWords(tx, content);
  const root = parent_id ? await requireRoot(tx, discussion, parent_id) : null;
  const mentioned = await resolveMentions(tx, user, discussion, { keys: mentions, grant }, { at: now, socketId });
  const told = await followMentioned(tx, discussion, mentioned.userIds, { clock, by: user.userId });
  const seq = await takeNumber(tx, COMMENT_STREAM, key);
  await insertComment(tx, {
    ...{ id, subjectType: subject.type, subjectId: view.id, discussion: key, threadId: thread?.id ?? null },
    ...{ parentId: root?.id ?? null, authorId: user.userId, content, mentions, createdAt: now, updatedAt: now },
    ...{ place: seq, seq },
  });
  await insertTold(tx, id, told);
  // A page without a network could not say that the draft is sent.
  const draft = parent_id ? `reply:${parent_id}` : thread ? `thread:${thread.id}` : "";
  const owner = { userId: user.userId, subjectType: subject.type, subjectId: view.id };
  await deleteSentDraft(tx, owner, draft, content);
  const about = {
    ...{ subject_type: subject.type, subject_id: view.id, comment_id: id, thread_id: thread?.id ?? null },
    by: user.userId,
  };
  const answered = root && root.authorId !== user.userId && !told.includes(root.authorId) ? [root.authorId] : [];
  return [
    ...mentioned.rows,
    ...(told.length === 0 ? [] : [commentNotice.row({ payload: { ...about, notice: "mentioned", user_ids: told } })]),
    ...(answered.length === 0
      ? []
      : [commentNotice.row({ payload: { ...about, notice: "answered", user_ids: answered } })]),
    commentChanged.row({
      payload: { op: "created", id, seq, ...(socketId === undefined ? {} : { socket_id: socketId }) },
    }),
  ];
}

/** Finds the comment that begins the thread of another: answers have one level. @throws AppError COMMENT_NOT_FOUND */
async function requireRoot(
  tx: Transaction,
  { subject, view, key }: Discussion,
  id: string,
): Promise<{ id: string; authorId: number }> {
  const ref = { type: subject.type, id: view.id };
  const parent = await findComment(tx, ref, id);
  const root = parent?.parentId ? await findComment(tx, ref, parent.parentId) : parent;
  if (!root || root.discussion !== key) throw new AppError("COMMENT_NOT_FOUND");
  return root;
}
