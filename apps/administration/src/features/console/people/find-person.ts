import { searchUsers, toUserSummary, type UserSummary } from "@mgs/identity/search-users";
import { findUser } from "@mgs/identity/users.repository";
import type { ConsoleContext } from "../console-context";

/** The person whom the address names, or the candidates for a search in it; both null without a text. */
export type FoundPerson = { chosen: UserSummary | null; candidates: readonly UserSummary[] | null };

/** Finds a person. @param search a person's id, or a part of a name or e-mail address */
export async function findPerson({ runtime, actor }: ConsoleContext, search: string | undefined): Promise<FoundPerson> {
  if (search === undefined) return { chosen: null, candidates: null };
  if (/^[1-9]\d{0,8}$/.test(search)) {
    const user = await findUser(runtime.database, Number(search));
    return user ? { chosen: toUserSummary(user, actor), candidates: null } : { chosen: null, candidates: [] };
  }
  const people = await searchUsers(runtime, actor, search);
  return people.length === 1 && people[0]
    ? { chosen: people[0], candidates: null }
    : { chosen: null, candidates: people };
}
