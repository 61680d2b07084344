import { type Actor, refuseWhileImpersonating, requireUser, type UserActor } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import { parseUserId } from "@mgs/core/user-id";
import type { Database, Transaction } from "@mgs/db/client";
import type { Subject, SubjectView } from "@mgs/records/subject";
import type { MessagingPorts } from "../deps";
import { type ConversationRow, findConversationOf, type MemberRow } from "./conversations.repository";

/** Somebody in a conversation of theirs. */
export type Conversing = {
  user: UserActor;
  conversation: ConversationRow;
  member: MemberRow;
  /** The record that it is about, which they see. */
  about: { subject: Subject; view: SubjectView } | null;
};

type Reading = { database: Database | Transaction } & Pick<MessagingPorts, "subjects">;

/**
 * Requires a person who reads their own messages: an administrator who acts in their place does not.
 * @throws AppError FORBIDDEN for programs, IMPERSONATION_REFUSED
 */
export function requireReader(actor: Actor): UserActor {
  const user = requireUser(actor);
  refuseWhileImpersonating(user);
  return user;
}

/**
 * Finds a conversation that an actor is in, and sees: one about a record is there for who sees the record. It is the only rule of access to
 * conversations: lists, messages, documents, search, channels and notices all ask it.
 * @throws AppError CONVERSATION_NOT_FOUND, and as {@link requireReader}
 */
export async function requireConversation(deps: Reading, actor: Actor, id: string | number): Promise<Conversing> {
  const user = requireReader(actor);
  const found = await findConversing(deps, user, id);
  if (!found) throw new AppError("CONVERSATION_NOT_FOUND");
  return found;
}

/** The same, with null for a conversation that is not there, or not for this actor. */
export async function findConversing(
  { database, subjects }: Reading,
  user: UserActor,
  id: string | number,
): Promise<Conversing | null> {
  const number = parseUserId(String(id));
  const found = number === null ? null : await findConversationOf(database, number, user.userId);
  if (!found) return null;
  const { subjectType, subjectId } = found.conversation;
  if (subjectType === null || subjectId === null) return { user, ...found, about: null };
  const subject = subjects.find(({ type }) => type === subjectType);
  const view = await subject?.find({ database }, user, subjectId);
  return subject && view ? { user, ...found, about: { subject, view } } : null;
}

/** Of these people, those who may be in a conversation: everybody, or who sees the record that it is about. */
export async function findEntitled(
  { database, subjects }: Reading,
  { subjectType, subjectId }: Pick<ConversationRow, "subjectType" | "subjectId">,
  userIds: readonly number[],
): Promise<number[]> {
  if (subjectType === null || subjectId === null) return [...userIds];
  const subject = subjects.find(({ type }) => type === subjectType);
  return subject ? subject.visibleTo(database, subjectId, userIds) : [];
}

type About = Pick<ConversationRow, "subjectType" | "subjectId">;

/** Of these conversations of somebody, those whose record they see; those about none stay. */
export async function keepVisible<Row extends About>(
  { database, subjects }: Reading,
  user: UserActor,
  rows: readonly Row[],
): Promise<Row[]> {
  const seen = await Promise.all(
    rows.map(async ({ subjectType, subjectId }) => {
      if (subjectType === null || subjectId === null) return true;
      const subject = subjects.find(({ type }) => type === subjectType);
      return (await subject?.find({ database }, user, subjectId)) != null;
    }),
  );
  return rows.filter((_, index) => seen[index]);
}
