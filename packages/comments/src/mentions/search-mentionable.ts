import { type Actor, requireUser } from "@mgs/core/actor";
import { optionalText } from "@mgs/core/text-schema";
import { validate } from "@mgs/core/validate";
import type { Database } from "@mgs/db/client";
import { findRoles } from "@mgs/identity/roles/roles.repository";
import { findPeopleRights } from "@mgs/identity/users/people-rights.repository";
import { matchUsers } from "@mgs/identity/users.repository";
import { foldWords } from "@mgs/records/lists/words";
import { requireSubject, type Subject } from "@mgs/records/subject";
import { z } from "zod";
import { uuid } from "../comment-input";
import { FOLLOWERS_MENTION, ROLE_MENTION } from "../contract/comment";
import type { Mentionable } from "../contract/mentions";
import { discussionOf } from "../discussion";
import { findReaders } from "./resolve-mentions";

const MAX_SEARCH_CHARACTERS = 100;
const MAX_PEOPLE = 20;
const MAX_RESULTS = 10;

export const mentionableQuery = z.strictObject({
  search: optionalText(MAX_SEARCH_CHARACTERS),
  thread: uuid.optional(),
});

/**
 * Finds whom a text on a record, or in a private thread of it, can name: those who may read it first, then others, whom somebody with the
 * right may give access to the record.
 * @throws AppError the subject's `missing`, SUBJECT_NOT_FOUND for a private thread of others, FORBIDDEN for programs, VALIDATION_ERROR
 */
export async function searchMentionable(
  { database }: { database: Database },
  actor: Actor,
  subject: Subject,
  subjectId: string,
  input: unknown,
): Promise<Mentionable[]> {
  const view = await requireSubject({ database }, actor, subject, subjectId);
  const { locale } = requireUser(actor);
  const { search, thread: threadId } = validate(mentionableQuery, input);
  const discussion = await discussionOf({ database }, actor, subject, view, threadId);
  const { thread } = discussion;
  const words = search.split(/\s+/).filter(Boolean).slice(0, 6);
  const matches = (name: string) => {
    const parts = foldWords(name);
    return foldWords(search).every((word) => parts.some((part) => part.startsWith(word)));
  };
  const [found, roles, followers] = await Promise.all([
    matchUsers(database, words, MAX_PEOPLE),
    findRoles(database),
    (thread ? Promise.resolve(thread.people.map(({ userId }) => userId)) : subject.followers(database, view.id)).then(
      (ids) => findPeopleRights(database, ids),
    ),
  ]);
  // Who follows the record or takes part in the thread is most likely meant, wherever their name stands in the alphabet.
  const near = followers.filter(({ name, disabled }) => !disabled && matches(name));
  const people = [...new Map([...near, ...found].map(({ id, name }) => [id, { id, name }])).values()];
  const ids = people.map(({ id }) => id);
  const visible = await findReaders(database, discussion, ids);
  const groups: Mentionable[] = [
    { key: FOLLOWERS_MENTION, kind: "followers" as const, name: FOLLOWERS_MENTION, sees: true },
    ...roles.map(({ slug, nameFr, nameEn }) => ({
      ...{ key: ROLE_MENTION + slug, kind: "role" as const, sees: true },
      name: locale === "fr" ? nameFr : nameEn,
    })),
  ].filter(({ name }) => matches(name));
  const named = people
    .map(({ id, name }) => ({ key: String(id), kind: "person" as const, name, sees: visible.has(id) }))
    .sort((a, b) => Number(b.sees) - Number(a.sees));
  const [all, ofRoles] = [
    groups.filter(({ kind }) => kind === "followers"),
    groups.filter(({ kind }) => kind === "role"),
  ];
  return [...all, ...named, ...ofRoles].slice(0, MAX_RESULTS);
}
