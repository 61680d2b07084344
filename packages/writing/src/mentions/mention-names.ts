import type { Database, Transaction } from "@mgs/db/client";
import { findRoles } from "@mgs/identity/roles/roles.repository";
import { findPeopleRights } from "@mgs/identity/users/people-rights.repository";
import { FOLLOWERS_MENTION, ROLE_MENTION } from "../contract/mentions";

/** The names of a role, in each language in which a text may name it. */
export type RoleNames = ReadonlyMap<string, readonly string[]>;

/** Reads the names that mentions are shown by: the one that stands in the text. */
export async function readMentionNames(
  database: Database | Transaction,
  keys: readonly string[],
): Promise<(key: string, text: string) => string> {
  const ids = keys.map(Number).filter(Number.isInteger);
  const [people, roles] = await Promise.all([findPeopleRights(database, ids), findRoleNames(database, keys)]);
  const names = new Map(people.map(({ id, name }) => [id, name]));
  return (key, text) => mentionName(key, text, names, roles);
}

/**
 * The name of who is mentioned as it stands in a text: its author has picked a role by its name in their own language.
 * @returns empty for who is gone
 */
export function mentionName(key: string, text: string, people: ReadonlyMap<number, string>, roles: RoleNames): string {
  if (key === FOLLOWERS_MENTION) return key;
  const person = people.get(Number(key));
  if (person !== undefined) return person;
  const names = roles.get(key) ?? [];
  return names.find((name) => text.includes(`@${name}`)) ?? names[0] ?? "";
}

/** The names of roles among these keys of mentions; a role that is gone has none. */
export async function findRoleNames(database: Database | Transaction, keys: readonly string[]): Promise<RoleNames> {
  if (!keys.some((key) => key.startsWith(ROLE_MENTION))) return new Map();
  const roles = await findRoles(database);
  return new Map(roles.map(({ slug, nameFr, nameEn }) => [ROLE_MENTION + slug, [nameFr, nameEn]]));
}
