import type { Database, Transaction } from "@mgs/db/client";
import { findPeopleRights } from "@mgs/identity/users/people-rights.repository";
import type { PrivateThread } from "../contract/threads";
import type { ThreadRow } from "./threads.repository";

/** Makes private threads as the API tells them. */
export async function toThreads(
  database: Database | Transaction,
  rows: readonly (ThreadRow & { isDecided: boolean })[],
): Promise<PrivateThread[]> {
  const ids = new Set(rows.flatMap(({ people }) => people.map(({ userId }) => userId)));
  const names = new Map((await findPeopleRights(database, [...ids])).map(({ id, name }) => [id, name]));
  return rows.map(({ id, title, roles, people, createdAt, isDecided }) => ({
    ...{ id, title, roles, created_at: createdAt.toISOString(), may_invite: !isDecided },
    people: people.map(({ userId }) => ({ id: userId, name: names.get(userId) ?? "" })),
  }));
}
