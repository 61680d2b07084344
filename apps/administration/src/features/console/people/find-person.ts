import { searchUsers, type UserSummary } from "@mgs/identity/search-users";
import { findUser } from "@mgs/identity/users.repository";
import type { ConsoleVisit } from "../guard";

/** The person that a text of the address means, or those it may mean; both null when it says nothing. */
export type FoundPerson = { chosen: UserSummary | null; candidates: readonly UserSummary[] | null };

/** @param wanted a person's id, or what to look for among names and addresses */
export async function findPerson({ runtime, actor }: ConsoleVisit, wanted: string | undefined): Promise<FoundPerson> {
  if (wanted === undefined) return { chosen: null, candidates: null };
  if (/^[1-9]\d{0,8}$/.test(wanted)) {
    const user = await findUser(runtime.database, Number(wanted));
    return user ? { chosen: user, candidates: null } : { chosen: null, candidates: [] };
  }
  const people = await searchUsers(runtime, actor, wanted);
  return people.length === 1 && people[0]
    ? { chosen: people[0], candidates: null }
    : { chosen: null, candidates: people };
}
