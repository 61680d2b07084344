import { searchUsers, type UserSummary } from "@mgs/identity/search-users";
import { findUser } from "@mgs/identity/users.repository";
import type { ConsoleContext } from "../console-context";

/** The person whom the address names, or the candidates for a search in it; both null without a text. */
export type FoundPerson = { chosen: UserSummary | null; candidates: readonly UserSummary[] | null };

/** Finds a person. @param wanted a person's id, or a part of a name or e-mail address */
export async function findPerson({ runtime, actor }: ConsoleContext, wanted: string | undefined): Promise<FoundPerson> {
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
