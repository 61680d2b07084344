import type { Actor } from "@mgs/core/actor";
import type { Role } from "@mgs/core/roles";
import { isStorableText } from "@mgs/core/text";
import { validate } from "@mgs/core/validate";
import type { Database } from "@mgs/db/client";
import { z } from "zod";
import { requirePermission } from "./permissions";
import { type MatchedUser, matchUsers } from "./users.repository";

export type UserSummary = { id: number; name: string; email: string; role: Role; role_name: string };

/** A person as lists show them; the role is named in the reader's language. */
export function toUserSummary({ id, name, email, role, roleNames }: MatchedUser, reader: Actor): UserSummary {
  return { id, name, email, role, role_name: roleNames[reader.kind === "user" ? reader.locale : "fr"] };
}

export const MAX_RESULTS = 20;
const MAX_SEARCH_CHARACTERS = 100;

export const searchQuery = z.object({
  search: z
    .string()
    .max(MAX_SEARCH_CHARACTERS, { error: "TOO_LONG", abort: true })
    .refine(isStorableText, { error: "INVALID_TEXT" })
    .default(""),
});

/**
 * Finds colleagues whose name or address contains every word of `search`; the first of all when it is empty.
 * @throws AppError VALIDATION_ERROR for a search that is too long or is no text; FORBIDDEN for programs
 */
export async function searchUsers(deps: { database: Database }, actor: Actor, search: string): Promise<UserSummary[]> {
  requirePermission(actor, "people.search");
  const words = validate(searchQuery, { search }).search.split(/\s+/).filter(Boolean).slice(0, 6);
  const users = await matchUsers(deps.database, words, MAX_RESULTS);
  return users.map((user) => toUserSummary(user, actor));
}
