import { AppError } from "@mgs/core/errors";
import type { Prisma, Transaction } from "@mgs/db/client";
import { insertOutbox, type OutboxRef } from "@mgs/jobs/outbox.repository";
import type { NewOutboxRow } from "@mgs/jobs/outbox-kind";
import { takeNumber } from "@mgs/records/changes/changes.repository";
import type { MessageDto } from "../contract/message";
import type { Tab } from "../conversations/change-conversation";
import type { MessagingDeps } from "../deps";
import { conversationsChanged, messageChanged } from "../outbox-kinds";
import { toMessageDtos } from "./message-dto";
import { findMessageById, lockMessage, MESSAGE_STREAM, type MessageRow, updateMessage } from "./messages.repository";
import type { FoundMessage } from "./require-message";

/** What a change writes; null: everything stands so already, and nothing is announced. */
export type MessageChange = {
  data: Prisma.MessageUncheckedUpdateInput;
  op?: "updated" | "deleted";
  /** True when lists show something else from now on: their excerpts and counts. */
  inLists?: boolean;
  rows?: readonly NewOutboxRow[];
} | null;

/**
 * Changes a message: it gets the conversation's next number, and open pages hear of it.
 * @param change decides by the message as it stands when nobody else may change it any more
 * @throws AppError MESSAGE_NOT_FOUND, and what `change` throws
 */
export async function changeMessage(
  deps: MessagingDeps,
  found: FoundMessage,
  { socketId }: Tab,
  change: (tx: Transaction, row: MessageRow) => Promise<MessageChange>,
): Promise<MessageDto> {
  const { id } = found.row;
  const conversationId = found.conversation.id;
  const tab = socketId === undefined ? {} : { socket_id: socketId };
  const refs = await deps.database.$transaction(async (tx): Promise<OutboxRef[]> => {
    await lockMessage(tx, id);
    const row = await findMessageById(tx, id);
    if (!row) throw new AppError("MESSAGE_NOT_FOUND");
    const made = await change(tx, row);
    if (made === null) return [];
    const seq = await takeNumber(tx, MESSAGE_STREAM, String(conversationId));
    await updateMessage(tx, id, { ...made.data, seq });
    return insertOutbox(tx, [
      ...(made.rows ?? []),
      messageChanged.row({ payload: { op: made.op ?? "updated", id, seq, ...tab } }),
      ...(made.inLists ? [conversationsChanged.row({ payload: { conversation_id: conversationId, ...tab } })] : []),
    ]);
  });
  await deps.enqueuer.enqueue(refs);
  const row = await findMessageById(deps.database, id);
  const [message] = await toMessageDtos(deps, found, row ? [row] : []);
  if (!message) throw new AppError("MESSAGE_NOT_FOUND");
  return message;
}
