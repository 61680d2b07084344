import type { Database, Transaction } from "@mgs/db/client";
import { findUser } from "../users.repository";
import { findPeopleRights } from "./people-rights.repository";

/** The name of a person for colleagues who have the same page open; empty for nobody's id. */
export async function nameOf({ database }: { database: Database }, userId: number): Promise<string> {
  return (await findUser(database, userId))?.name ?? "";
}

/** The names of people by their ids; an id of nobody is left out. */
export async function namesOf(
  database: Database | Transaction,
  userIds: readonly (number | null)[],
): Promise<Map<number, string>> {
  const ids = [...new Set(userIds.filter((id) => id !== null))];
  return new Map((await findPeopleRights(database, ids)).map(({ id, name }) => [id, name]));
}
