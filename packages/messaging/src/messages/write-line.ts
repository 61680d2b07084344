import { uuidv7 } from "@mgs/core/ids";
import type { Transaction } from "@mgs/db/client";
import type { NewOutboxRow } from "@mgs/jobs/outbox-kind";
import { takeNumber } from "@mgs/records/changes/changes.repository";
import type { MessageKind } from "../contract/message";
import { noteNewest } from "../conversations/conversations.repository";
import { messageChanged } from "../outbox-kinds";
import { insertMessage, MESSAGE_STREAM, type MessageRow } from "./messages.repository";

type Line = {
  kind: Exclude<MessageKind, "text">;
  by: number;
  details: MessageRow["details"];
  at: Date;
  socketId?: string | undefined;
};

/**
 * Writes a line of what has happened to a conversation among its messages: people see it in its place, and clients catch up with it as with
 * any message.
 * @returns its place, and the outbox row to insert
 */
export async function writeLine(
  tx: Transaction,
  conversationId: number,
  { kind, by, details, at, socketId }: Line,
): Promise<{ place: number; row: NewOutboxRow }> {
  const id = uuidv7(at.getTime());
  const seq = await takeNumber(tx, MESSAGE_STREAM, String(conversationId));
  await insertMessage(tx, {
    ...{ id, conversationId, kind, authorId: by, content: "", details: { ...details }, createdAt: at, place: seq, seq },
  });
  await noteNewest(tx, conversationId, seq, at);
  const payload = { op: "created" as const, id, seq, ...(socketId === undefined ? {} : { socket_id: socketId }) };
  return { place: seq, row: messageChanged.row({ payload }) };
}
