import { type Actor, requireUser } from "@mgs/core/actor";
import { validate } from "@mgs/core/validate";
import type { Database } from "@mgs/db/client";
import { requireSubject, type Subject } from "@mgs/records/subject";
import type { Mentionable } from "@mgs/writing/contract/mentions";
import { findMentionable, mentionSearch } from "@mgs/writing/mentions/find-mentionable";
import { z } from "zod";
import { uuid } from "./comment-input";
import { discussionOf } from "./discussion";

export const mentionableQuery = z.strictObject({ search: mentionSearch, thread: uuid.optional() });

/**
 * Finds whom a text on a record, or in a private thread of it, can name: those who may read it first.
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
  const near = discussion.thread?.people.map(({ userId }) => userId) ?? (await subject.followers(database, view.id));
  return findMentionable(database, discussion, { search, near, locale });
}
