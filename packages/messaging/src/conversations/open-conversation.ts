import type { Actor } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import { optionalText, requiredText } from "@mgs/core/text-schema";
import { validate } from "@mgs/core/validate";
import { isUniqueViolation, type Transaction } from "@mgs/db/client";
import { insertOutbox } from "@mgs/jobs/outbox.repository";
import { once } from "@mgs/records/idempotency/once";
import { requireSubject } from "@mgs/records/subject";
import { z } from "zod";
import { type ConversationDto, MAX_NAME_CHARACTERS } from "../contract/conversation";
import type { MessagingDeps } from "../deps";
import { conversationsChanged, messageNotice } from "../outbox-kinds";
import { toConversationDtos } from "./conversation-dto";
import { findAbout, findPair, findWithPeople, insertConversation, pairKey } from "./conversations.repository";
import { peopleInput, requirePeople } from "./find-people";
import { insertMembers } from "./members.repository";
import { requireConversation, requireReader } from "./require-conversation";

/** More conversations about one record are not looked through for the one with the same people. */
const MAX_ABOUT = 200;
const MAX_REF_CHARACTERS = 40;

export const openConversationInput = z.strictObject({
  /** The others. */
  user_ids: peopleInput.default([]),
  name: optionalText(MAX_NAME_CHARACTERS),
  /** The record that it is about; only who sees it can be in it. */
  subject: z.strictObject({ type: requiredText(MAX_REF_CHARACTERS), id: requiredText(MAX_REF_CHARACTERS) }).nullish(),
});

type Request = z.output<typeof openConversationInput>;

/**
 * Opens a conversation: the one that two people have, the one about a record with just these people, or a new one. Without others it opens
 * the last one about the record that the caller is in.
 * @returns the conversation; `created` false for one that was there
 * @throws AppError VALIDATION_ERROR (`data.without_access` for people who may not see the record), the subject's `missing`,
 *   IDEMPOTENCY_CONFLICT, and as `requireReader`
 */
export async function openConversation(
  deps: MessagingDeps,
  actor: Actor,
  input: unknown,
  { idempotencyKey, socketId }: { idempotencyKey?: string | undefined; socketId?: string | undefined } = {},
): Promise<{ conversation: ConversationDto; created: boolean }> {
  const user = requireReader(actor);
  const request = validate(openConversationInput, input);
  const others = request.user_ids.filter((id) => id !== user.userId);
  const about = await requireAbout(deps, actor, request);
  const there = await findExisting(deps, user.userId, others, about, request.name);
  if (there !== null) return answer(deps, actor, there, false);
  if (others.length === 0)
    throw new AppError("VALIDATION_ERROR", { details: [{ path: "user_ids", message: "REQUIRED" }] });
  await requirePeople(deps, { subjectType: about?.type ?? null, subjectId: about?.id ?? null }, request.user_ids);
  const pair = isPair(others, about, request.name) ? pairKey(user.userId, others[0] ?? 0) : null;
  const now = deps.clock.now();
  const open = async (tx: Transaction) => {
    const id = await insertConversation(tx, {
      ...{ name: request.name, pair, createdBy: user.userId, createdAt: now },
      ...{ subjectType: about?.type ?? null, subjectId: about?.id ?? null },
    });
    const start = { fromPlace: 0, readPlace: 0, at: now };
    await insertMembers(tx, id, [user.userId, ...others], start);
    const told = conversationsChanged.row({
      payload: {
        conversation_id: id,
        user_ids: [user.userId, ...others],
        ...(socketId ? { socket_id: socketId } : {}),
      },
    });
    const added = messageNotice.row({
      payload: { notice: "added", conversation_id: id, message_id: null, user_ids: others, by: user.userId },
    });
    // Two people hear of the first message.
    return { id, refs: await insertOutbox(tx, pair === null ? [told, added] : [told]) };
  };
  try {
    const repetition = { key: idempotencyKey, act: "conversation.open", request, now };
    const { answer: opened, repeated } = await deps.database.$transaction((tx) =>
      once(tx, actor, repetition, () => open(tx)),
    );
    if (!repeated) await deps.enqueuer.enqueue(opened.refs);
    return await answer(deps, actor, opened.id, !repeated);
  } catch (error) {
    // The other of the two has opened it in the same moment.
    const first = pair !== null && isUniqueViolation(error) ? await findPair(deps.database, pair) : null;
    if (!first) throw error;
    return answer(deps, actor, first.id, false);
  }
}

type About = { type: string; id: string } | null;

const isPair = (others: readonly number[], about: About, name: string): boolean =>
  others.length === 1 && about === null && name === "";

async function requireAbout(deps: MessagingDeps, actor: Actor, { subject }: Request): Promise<About> {
  if (!subject) return null;
  const kind = deps.subjects.find(({ type }) => type === subject.type);
  if (!kind) throw new AppError("VALIDATION_ERROR", { details: [{ path: "subject.type", message: "INVALID_CHOICE" }] });
  await requireSubject(deps, actor, kind, subject.id);
  return { type: subject.type, id: subject.id };
}

async function findExisting(
  { database }: MessagingDeps,
  userId: number,
  others: readonly number[],
  about: About,
  name: string,
): Promise<number | null> {
  if (isPair(others, about, name)) return (await findPair(database, pairKey(userId, others[0] ?? 0)))?.id ?? null;
  // A name says that another one is wanted.
  if (about === null || name !== "") return null;
  const known = await findAbout(database, about, userId, MAX_ABOUT);
  if (others.length === 0) return known[0]?.id ?? null;
  const unnamed = known.filter((one) => one.name === "").map(({ id }) => id);
  const [same] = await findWithPeople(database, unnamed, [userId, ...others]);
  return same ?? null;
}

async function answer(
  deps: MessagingDeps,
  actor: Actor,
  id: number,
  created: boolean,
): Promise<{ conversation: ConversationDto; created: boolean }> {
  const found = await requireConversation(deps, actor, id);
  const [conversation] = await toConversationDtos(deps, found.user, [found]);
  if (!conversation) throw new AppError("CONVERSATION_NOT_FOUND");
  return { conversation, created };
}
