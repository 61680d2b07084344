import type { Locale } from "@mgs/core/locale";
import { optionalText } from "@mgs/core/text-schema";
import type { Database } from "@mgs/db/client";
import { findRoles } from "@mgs/identity/roles/roles.repository";
import { findPeopleRights } from "@mgs/identity/users/people-rights.repository";
import { matchUsers } from "@mgs/identity/users.repository";
import { foldWords } from "@mgs/records/lists/words";
import { FOLLOWERS_MENTION, type Mentionable, ROLE_MENTION } from "../contract/mentions";
import { findReaders, type MentionedIn } from "./resolve-mentions";

const MAX_SEARCH_CHARACTERS = 100;
const MAX_WORDS = 6;
const MAX_PEOPLE = 20;
const MAX_RESULTS = 10;

/** What somebody types behind an `@`. */
export const mentionSearch = optionalText(MAX_SEARCH_CHARACTERS);

/**
 * Finds whom a text can name: those who may read it first, then others, whom somebody with the right may give access to the record.
 * @param near who is most likely meant, wherever their name stands in the alphabet: who follows the record, or takes part
 * @param locale of its reader: roles have a name in each language
 */
export async function findMentionable(
  database: Database,
  place: MentionedIn,
  { search, near, locale }: { search: string; near: readonly number[]; locale: Locale },
): Promise<Mentionable[]> {
  const typed = foldWords(search);
  const matches = (name: string) => {
    const parts = foldWords(name);
    return typed.every((word) => parts.some((part) => part.startsWith(word)));
  };
  const [found, roles, likely] = await Promise.all([
    matchUsers(database, search.split(/\s+/).filter(Boolean).slice(0, MAX_WORDS), MAX_PEOPLE),
    findRoles(database),
    findPeopleRights(database, near),
  ]);
  const first = likely.filter(({ name, disabled }) => !disabled && matches(name));
  const people = [...new Map([...first, ...found].map(({ id, name }) => [id, { id, name }])).values()];
  const readers = await findReaders(
    database,
    place,
    people.map(({ id }) => id),
  );
  const named = people
    .map(({ id, name }) => ({ key: String(id), kind: "person" as const, name, sees: readers.has(id) }))
    .sort((a, b) => Number(b.sees) - Number(a.sees));
  const followers = { key: FOLLOWERS_MENTION, kind: "followers" as const, name: FOLLOWERS_MENTION, sees: true };
  const ofRoles = roles.map(({ slug, nameFr, nameEn }) => ({
    ...{ key: ROLE_MENTION + slug, kind: "role" as const, sees: true },
    name: locale === "fr" ? nameFr : nameEn,
  }));
  return [
    ...[followers].filter(({ name }) => matches(name)),
    ...named,
    ...ofRoles.filter(({ name }) => matches(name)),
  ].slice(0, MAX_RESULTS);
}
