import type { Database, Transaction } from "@mgs/db/client";
import { findRoles } from "@mgs/identity/roles/roles.repository";
import { ROLE_MENTION } from "../contract/comment";

/** The names of roles among these keys of mentions; a role that is gone has none. */
export async function findRoleNames(
  database: Database | Transaction,
  keys: readonly string[],
): Promise<Map<string, string>> {
  if (!keys.some((key) => key.startsWith(ROLE_MENTION))) return new Map();
  const roles = await findRoles(database);
  return new Map(roles.map(({ slug, nameFr }) => [ROLE_MENTION + slug, nameFr]));
}
