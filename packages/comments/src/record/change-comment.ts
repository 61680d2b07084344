import { AppError } from "@mgs/core/errors";
import type { Prisma, Transaction } from "@mgs/db/client";
import { insertOutbox, type OutboxRef } from "@mgs/jobs/outbox.repository";
import type { NewOutboxRow } from "@mgs/jobs/outbox-kind";
import { takeNumber } from "@mgs/records/changes/changes.repository";
import { toCommentDtos } from "../comment-dto";
import { type CommentRow, findCommentById, lockComment, updateComment } from "../comments.repository";
import type { CommentDto } from "../contract/comment";
import type { CommentDeps } from "../deps";
import { COMMENT_STREAM, type Discussion } from "../discussion";
import { commentChanged } from "../outbox-kinds";
import { can } from "../permissions";
import type { Tab } from "./post-comment";
import type { FoundComment } from "./require-comment";

/** What a change writes; null: everything stands so already, and nothing is announced. */
export type CommentChange = {
  data: Prisma.CommentUncheckedUpdateInput;
  op?: "updated" | "deleted";
  rows?: readonly NewOutboxRow[];
} | null;

/**
 * Changes a comment: it gets the discussion's next number, and open pages hear of it.
 * @param change decides by the comment as it stands when nobody else may change it any more
 * @throws AppError COMMENT_NOT_FOUND, and what `change` throws
 */
export async function changeComment(
  deps: CommentDeps,
  { user, row: { id }, discussion }: FoundComment,
  { socketId }: Tab,
  change: (tx: Transaction, row: CommentRow) => Promise<CommentChange>,
): Promise<CommentDto> {
  const refs = await deps.database.$transaction(async (tx): Promise<OutboxRef[]> => {
    await lockComment(tx, id);
    const row = await findCommentById(tx, id);
    if (!row) throw new AppError("COMMENT_NOT_FOUND");
    const made = await change(tx, row);
    if (made === null) return [];
    const seq = await takeChangeNumber(tx, discussion);
    await updateComment(tx, id, { ...made.data, updatedAt: deps.clock.now(), seq });
    const payload = { op: made.op ?? ("updated" as const), id, seq };
    const announcement = commentChanged.row({
      payload: { ...payload, ...(socketId === undefined ? {} : { socket_id: socketId }) },
    });
    return insertOutbox(tx, [...(made.rows ?? []), announcement]);
  });
  await deps.enqueuer.enqueue(refs);
  const row = await findCommentById(deps.database, id);
  const [comment] = await toCommentDtos(deps.database, row ? [row] : [], { reveal: can(user, "comments.moderate") });
  if (!comment) throw new AppError("COMMENT_NOT_FOUND");
  return comment;
}

const takeChangeNumber = (tx: Transaction, { key }: Discussion): Promise<number> => takeNumber(tx, COMMENT_STREAM, key);
