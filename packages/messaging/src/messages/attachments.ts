import type { Actor } from "@mgs/core/actor";
import type { Database, Transaction } from "@mgs/db/client";
import { findConversing } from "../conversations/require-conversation";
import type { MessagingPorts } from "../deps";
import { findMessageById, findMessagesById } from "./messages.repository";

const SLOT = /^message:([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/;

/**
 * Of the places of documents in a conversation, those that an actor sees: places of messages that they see. A file that was uploaded and not sent
 * yet is its uploader's alone, which documents know.
 */
export async function findVisibleSlots(
  deps: { database: Database | Transaction } & Pick<MessagingPorts, "subjects">,
  actor: Actor,
  conversationId: number,
  slots: readonly string[],
): Promise<Set<string>> {
  if (actor.kind === "system") return new Set(slots);
  const found = actor.kind === "user" && !actor.impersonation && (await findConversing(deps, actor, conversationId));
  if (!found) return new Set();
  const ids = slots.flatMap((slot) => SLOT.exec(slot)?.[1] ?? []);
  const messages = await findMessagesById(deps.database, ids);
  const seen = messages.filter(
    (message) =>
      message.conversationId === conversationId &&
      message.deletedAt === null &&
      message.place > Number(found.member.fromPlace),
  );
  return new Set(seen.map(({ id }) => `message:${id}`));
}

/** Whether a file may still be put into the place of a message: as long as it is not sent, since what was said stays as it was. */
export async function isOpenSlot(database: Database | Transaction, slot: string): Promise<boolean> {
  const id = SLOT.exec(slot)?.[1];
  return id !== undefined && (await findMessageById(database, id)) === null;
}
