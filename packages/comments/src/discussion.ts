import type { Actor } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import type { Database, Transaction } from "@mgs/db/client";
import type { PersonRights } from "@mgs/identity/users/people-rights.repository";
import { requireSubject, type Subject, type SubjectView } from "@mgs/records/subject";
import { openDiscussionKey, threadKey } from "./discussion-keys";
import { isThreadMember, withMembers } from "./threads/thread-members";
import { findThread, type ThreadRow } from "./threads/threads.repository";

/** The name of discussions among the streams of numbers. */
export const COMMENT_STREAM = "comments";

/** A record's comments: the open ones, or those of a private thread. */
export type Discussion = {
  subject: Subject;
  view: SubjectView;
  /** Of its stream of numbers: `dossier:42`, `thread:<id>`. */
  key: string;
  thread: (ThreadRow & { isDecided: boolean }) | null;
  /** Who of these people may read it, beyond seeing the record; undefined: all of them. */
  readersAmong: ((people: readonly Pick<PersonRights, "id" | "role">[]) => Set<number>) | undefined;
};

type Reading = { database: Database | Transaction };

/**
 * Finds a discussion that an actor may read.
 * @param threadId of a private thread; undefined: the open discussion
 * @throws AppError the subject's `missing`; SUBJECT_NOT_FOUND for a thread that is not there, or not for this actor
 */
export async function requireDiscussion(
  deps: Reading,
  actor: Actor,
  subject: Subject,
  id: string,
  threadId: string | undefined,
): Promise<Discussion> {
  const view = await requireSubject(deps, actor, subject, id);
  return discussionOf(deps, actor, subject, view, threadId);
}

/** Finds a discussion on a record that the actor sees. @throws AppError SUBJECT_NOT_FOUND */
export async function discussionOf(
  { database }: Reading,
  actor: Actor,
  subject: Subject,
  view: SubjectView,
  threadId: string | undefined,
): Promise<Discussion> {
  if (threadId === undefined) {
    const key = openDiscussionKey(subject.type, view.id);
    return { subject, view, key, thread: null, readersAmong: undefined };
  }
  const discussion = await findThreadDiscussion({ database }, subject, view, threadId);
  const isMember =
    actor.kind === "user" && discussion?.readersAmong?.([{ id: actor.userId, role: actor.role }]).has(actor.userId);
  if (!discussion || !isMember) throw new AppError("SUBJECT_NOT_FOUND");
  return discussion;
}

/** Finds a private thread on a record, whoever takes part in it: the caller has to know that its reader may. */
export async function findThreadDiscussion(
  { database }: Reading,
  subject: Subject,
  view: SubjectView,
  threadId: string,
): Promise<Discussion | null> {
  const row = await findThread(database, threadId);
  if (row?.subjectType !== subject.type || row.subjectId !== view.id) return null;
  const thread = await withMembers(database, subject, row);
  return {
    ...{ subject, view, key: threadKey(threadId), thread },
    readersAmong: (people) =>
      new Set(people.filter((person) => isThreadMember(thread, person)).map((person) => person.id)),
  };
}
