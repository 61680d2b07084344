import type { Database, Transaction } from "@mgs/db/client";
import { findRoles } from "@mgs/identity/roles/roles.repository";
import { findPeopleRights } from "@mgs/identity/users/people-rights.repository";
import { FOLLOWERS_MENTION, ROLE_MENTION } from "../contract/comment";

/** Reads the names that mentions are shown by. */
export async function readMentionNames(
  database: Database | Transaction,
  keys: readonly string[],
): Promise<(key: string) => string> {
  const ids = keys.map(Number).filter(Number.isInteger);
  const [people, roles] = await Promise.all([findPeopleRights(database, ids), findRoleNames(database, keys)]);
  const names = new Map(people.map(({ id, name }) => [String(id), name]));
  return (key) => (key === FOLLOWERS_MENTION ? key : (names.get(key) ?? roles.get(key) ?? ""));
}

/** The names of roles among these keys of mentions; a role that is gone has none. */
export async function findRoleNames(
  database: Database | Transaction,
  keys: readonly string[],
): Promise<Map<string, string>> {
  if (!keys.some((key) => key.startsWith(ROLE_MENTION))) return new Map();
  const roles = await findRoles(database);
  return new Map(roles.map(({ slug, nameFr }) => [ROLE_MENTION + slug, nameFr]));
}
