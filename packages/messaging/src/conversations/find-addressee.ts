import type { Actor } from "@mgs/core/actor";
import { parseUserId } from "@mgs/core/user-id";
import { findPeopleRights } from "@mgs/identity/users/people-rights.repository";
import type { MessagingDeps } from "../deps";
import { findPair, pairKey } from "./conversations.repository";
import { requireReader } from "./require-conversation";

/** Somebody who is to be written to, and the conversation that the two have already. */
export type Addressee = { id: number; name: string; conversationId: number | null };

/**
 * Finds somebody to write to.
 * @param personId as an address has it
 * @returns null for nobody's id, one's own, and that of a person who has left
 * @throws AppError as `requireReader`
 */
export async function findAddressee(
  { database }: Pick<MessagingDeps, "database">,
  actor: Actor,
  personId: string,
): Promise<Addressee | null> {
  const { userId } = requireReader(actor);
  const id = parseUserId(personId);
  if (id === null || id === userId) return null;
  const [person] = await findPeopleRights(database, [id]);
  if (!person || person.disabled) return null;
  const pair = await findPair(database, pairKey(userId, id));
  return { id, name: person.name, conversationId: pair?.id ?? null };
}
