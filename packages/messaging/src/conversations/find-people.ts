import { AppError } from "@mgs/core/errors";
import { isUserId } from "@mgs/core/user-id";
import type { Database, Transaction } from "@mgs/db/client";
import { findPeopleRights, type PersonRights } from "@mgs/identity/users/people-rights.repository";
import { z } from "zod";
import { MAX_MEMBERS } from "../contract/conversation";
import type { MessagingPorts } from "../deps";
import type { ConversationRow } from "./conversations.repository";
import { findEntitled } from "./require-conversation";

/** Ids of people, each once. */
export const peopleInput = z
  .array(z.int({ error: "INVALID_ID" }).refine(isUserId, { error: "INVALID_ID" }), { error: "INVALID_VALUE" })
  .max(MAX_MEMBERS, { error: "TOO_MANY" })
  .transform((ids) => [...new Set(ids)]);

/**
 * Finds people who are to be in a conversation.
 * @throws AppError VALIDATION_ERROR for nobody's id, and with `data.without_access` for people who may not see the record that it is about
 */
export async function requirePeople(
  deps: { database: Database | Transaction } & Pick<MessagingPorts, "subjects">,
  about: Pick<ConversationRow, "subjectType" | "subjectId">,
  ids: readonly number[],
): Promise<PersonRights[]> {
  const people = (await findPeopleRights(deps.database, ids)).filter(({ disabled }) => !disabled);
  const byId = new Map(people.map((person) => [person.id, person]));
  const entitled = new Set(await findEntitled(deps, about, [...byId.keys()]));
  const refuse = (isRefused: (id: number) => boolean, message: string, data?: Readonly<Record<string, unknown>>) => {
    const details = ids.flatMap((id, index) => (isRefused(id) ? [{ path: `user_ids.${index}`, message }] : []));
    if (details.length > 0) throw new AppError("VALIDATION_ERROR", { details, ...(data ? { data } : {}) });
  };
  refuse((id) => !byId.has(id), "INVALID_CHOICE");
  const without = people.filter(({ id }) => !entitled.has(id)).map(({ id, name }) => ({ id, name }));
  refuse((id) => !entitled.has(id), "NO_ACCESS", { without_access: without });
  return people;
}
