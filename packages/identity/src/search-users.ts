import type { Actor } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import type { Role } from "@mgs/core/roles";
import { isStorableText } from "@mgs/core/text";
import type { Database } from "@mgs/db/client";
import { requirePermission } from "./permissions";
import { matchUsers } from "./users.repository";

export type UserSummary = { id: number; name: string; email: string; role: Role };

const MAX_RESULTS = 20;

/**
 * Finds colleagues whose name or address contains every word of `search`; the first of all when it is empty.
 * @throws AppError VALIDATION_ERROR for a search that is too long or is no text; FORBIDDEN for programs
 */
export async function searchUsers(deps: { database: Database }, actor: Actor, search: string): Promise<UserSummary[]> {
  requirePermission(actor, "people.search");
  if (search.length > 100)
    throw new AppError("VALIDATION_ERROR", { details: [{ path: "search", message: "TOO_LONG" }] });
  if (!isStorableText(search)) {
    throw new AppError("VALIDATION_ERROR", { details: [{ path: "search", message: "INVALID_TEXT" }] });
  }
  const words = search.split(/\s+/).filter(Boolean).slice(0, 6);
  const users = await matchUsers(deps.database, words, MAX_RESULTS);
  return users.map(({ id, name, email, role }) => ({ id, name, email, role }));
}
