import { type Actor, requireUser } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import type { Locale } from "@mgs/core/locale";
import { requiredText } from "@mgs/core/text-schema";
import { isUserId } from "@mgs/core/user-id";
import { validate } from "@mgs/core/validate";
import type { Database, Transaction } from "@mgs/db/client";
import { insertOutbox } from "@mgs/jobs/outbox.repository";
import type { NewOutboxRow } from "@mgs/jobs/outbox-kind";
import { requireSubject, type Subject } from "@mgs/records/subject";
import { z } from "zod";
import type { PrivateThread } from "../contract/threads";
import type { CommentDeps } from "../deps";
import { requireDiscussion } from "../discussion";
import { commentNotice } from "../outbox-kinds";
import { countAct } from "../record/act-limit";
import { openThread } from "./open-thread";
import { toThreads } from "./thread-dto";
import { isThreadMember, withMembers } from "./thread-members";
import { addThreadPeople, findThread, findThreadsOf } from "./threads.repository";

const MAX_TITLE_CHARACTERS = 120;
const MAX_PEOPLE = 50;

const people = z
  .array(z.int({ error: "INVALID_ID" }).refine(isUserId, { error: "INVALID_ID" }), { error: "INVALID_VALUE" })
  .max(MAX_PEOPLE, { error: "TOO_MANY" })
  .transform((ids) => [...new Set(ids)]);

export const openThreadInput = z.strictObject({ title: requiredText(MAX_TITLE_CHARACTERS), user_ids: people });
export const joinThreadInput = z.strictObject({ user_ids: people });

/**
 * Lists the private threads on a record that a person takes part in.
 * @throws AppError the subject's `missing`, FORBIDDEN for programs
 */
export async function listThreads(
  { database }: { database: Database },
  actor: Actor,
  subject: Subject,
  subjectId: string,
): Promise<PrivateThread[]> {
  await requireSubject({ database }, actor, subject, subjectId);
  const user = requireUser(actor);
  const rows = await findThreadsOf(database, { type: subject.type, id: subjectId });
  const today = await Promise.all(rows.map((row) => withMembers(database, subject, row)));
  const person = { id: user.userId, role: user.role };
  return toThreads(
    database,
    today.filter((thread) => isThreadMember(thread, person)),
    user.locale,
  );
}

/**
 * Opens a private thread for people who see the record, and tells them.
 * @throws AppError the subject's `missing`, NOT_PARTICIPANT, VALIDATION_ERROR for people who may not see the record,
 *   RATE_LIMITED
 */
export async function openPrivateThread(
  deps: CommentDeps,
  actor: Actor,
  subject: Subject,
  subjectId: string,
  input: unknown,
): Promise<PrivateThread> {
  const view = await requireSubject(deps, actor, subject, subjectId);
  const { userId, locale } = requireUser(actor);
  if (!view.may.comment) throw new AppError("NOT_PARTICIPANT");
  const { title, user_ids } = validate(openThreadInput, input);
  const { id, refs } = await deps.database.$transaction(async (tx) => {
    await requireReaders(tx, subject, subjectId, user_ids);
    const about = { type: subject.type, id: view.id };
    const now = deps.clock.now();
    await countAct(tx, "invite", about, userId, now);
    const threadId = await openThread(tx, {
      ...{ subject: about, title, userIds: [...user_ids, userId], createdBy: userId, at: now },
    });
    return { id: threadId, refs: await insertOutbox(tx, invitation(about, threadId, user_ids, userId)) };
  });
  await deps.enqueuer.enqueue(refs);
  return requireThread(deps.database, id, locale);
}

/**
 * Lets more people take part in a private thread, and tells them; they read it from its beginning.
 * @throws AppError the subject's `missing`, SUBJECT_NOT_FOUND for a thread of others, FORBIDDEN for one whose people the record decides,
 *   VALIDATION_ERROR, RATE_LIMITED
 */
export async function inviteToThread(
  deps: CommentDeps,
  actor: Actor,
  subject: Subject,
  subjectId: string,
  threadId: string,
  input: unknown,
): Promise<PrivateThread> {
  const isId = z.uuid().safeParse(threadId).success;
  await requireSubject(deps, actor, subject, subjectId);
  const { userId, locale } = requireUser(actor);
  if (!isId) throw new AppError("SUBJECT_NOT_FOUND");
  const { thread } = await requireDiscussion(deps, actor, subject, subjectId, threadId);
  if (thread?.isDecided) throw new AppError("FORBIDDEN");
  const { user_ids } = validate(joinThreadInput, input);
  const news = user_ids.filter((id) => !thread?.people.some((one) => one.userId === id));
  const refs = await deps.database.$transaction(async (tx) => {
    await requireReaders(tx, subject, subjectId, news);
    if (news.length > 0) await countAct(tx, "invite", { type: subject.type, id: subjectId }, userId, deps.clock.now());
    await addThreadPeople(tx, threadId, news);
    return insertOutbox(tx, invitation({ type: subject.type, id: subjectId }, threadId, news, userId));
  });
  await deps.enqueuer.enqueue(refs);
  return requireThread(deps.database, threadId, locale);
}

async function requireReaders(
  tx: Transaction,
  subject: Subject,
  subjectId: string,
  userIds: readonly number[],
): Promise<void> {
  const readers = new Set(await subject.visibleTo(tx, subjectId, userIds));
  const details = userIds.flatMap((id, index) =>
    readers.has(id) ? [] : [{ path: `user_ids.${index}`, message: "NO_ACCESS" }],
  );
  if (details.length > 0) throw new AppError("VALIDATION_ERROR", { details });
}

function invitation(
  subject: { type: string; id: string },
  threadId: string,
  userIds: readonly number[],
  by: number,
): NewOutboxRow[] {
  const told = userIds.filter((id) => id !== by);
  if (told.length === 0) return [];
  return [
    commentNotice.row({
      payload: {
        ...{ notice: "invited", subject_type: subject.type, subject_id: subject.id, comment_id: null },
        ...{ thread_id: threadId, user_ids: told, by },
      },
    }),
  ];
}

/** Reads a thread whose people name themselves. */
async function requireThread(database: Database, id: string, locale: Locale): Promise<PrivateThread> {
  const row = await findThread(database, id);
  const [thread] = await toThreads(database, row ? [{ ...row, isDecided: false }] : [], locale);
  if (!thread) throw new AppError("SUBJECT_NOT_FOUND");
  return thread;
}
