import type { Actor } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import { parseUserId } from "@mgs/core/user-id";
import { validate } from "@mgs/core/validate";
import { rightsReduced } from "@mgs/identity/outbox-kinds";
import { insertOutbox } from "@mgs/jobs/outbox.repository";
import { z } from "zod";
import { type ConversationDetails, MAX_MEMBERS } from "../contract/conversation";
import type { MessagingDeps } from "../deps";
import { writeLine } from "../messages/write-line";
import { conversationsChanged, messageNotice } from "../outbox-kinds";
import type { Tab } from "./change-conversation";
import { peopleInput, requirePeople } from "./find-people";
import { getConversation } from "./get-conversation";
import { isKeeper } from "./keeper";
import { deleteMember, findMembers, insertMembers, lockConversation } from "./members.repository";
import { requireConversation } from "./require-conversation";

export const addPeopleInput = z.strictObject({
  user_ids: peopleInput.refine((ids) => ids.length > 0, { error: "REQUIRED" }),
  /** True: they see what was written before, as far as the caller does; else what is written from now on. */
  history: z.boolean({ error: "INVALID_BOOLEAN" }).default(false),
});

/**
 * Adds people to a conversation; who is in it already stays as they are.
 * @throws AppError CONFLICT for two people's conversation, VALIDATION_ERROR (`data.without_access` for people who may not see the record), and as
 *   `requireConversation`
 */
export async function addPeople(
  deps: MessagingDeps,
  actor: Actor,
  id: string,
  input: unknown,
  { socketId }: Tab = {},
): Promise<ConversationDetails> {
  const { user, conversation, member } = await requireConversation(deps, actor, id);
  const { user_ids, history } = validate(addPeopleInput, input);
  if (conversation.pair !== null) throw new AppError("CONFLICT");
  await requirePeople(deps, conversation, user_ids);
  const at = deps.clock.now();
  const refs = await deps.database.$transaction(async (tx) => {
    await lockConversation(tx, conversation.id);
    const there = (await findMembers(tx, conversation.id)).map(({ userId }) => userId);
    const added = user_ids.filter((one) => !there.includes(one));
    if (added.length === 0) return [];
    if (there.length + added.length > MAX_MEMBERS)
      throw new AppError("VALIDATION_ERROR", { details: [{ path: "user_ids", message: "TOO_MANY" }] });
    const details = { user_ids: added, history };
    const line = await writeLine(tx, conversation.id, { kind: "added", by: user.userId, details, at, socketId });
    // Whoever joins has read what was written before: it is no news to them, also where they see it. They see the line itself.
    const start = { fromPlace: history ? Number(member.fromPlace) : line.place - 1, readPlace: line.place, at };
    await insertMembers(tx, conversation.id, added, start);
    const told = { conversation_id: conversation.id, user_ids: [...there, ...added] };
    const notice = { notice: "added" as const, message_id: null, user_ids: added, by: user.userId };
    return insertOutbox(tx, [
      line.row,
      conversationsChanged.row({ payload: { ...told, ...(socketId === undefined ? {} : { socket_id: socketId }) } }),
      messageNotice.row({ payload: { ...notice, conversation_id: conversation.id } }),
    ]);
  });
  await deps.enqueuer.enqueue(refs);
  return getConversation(deps, actor, id);
}

/**
 * Takes somebody out of a conversation: oneself, or others for who made it (whoever has been in it the longest, when they have left).
 * @throws AppError CONFLICT for two people's conversation, FORBIDDEN, USER_NOT_FOUND for who is not in it, and as `requireConversation`
 */
export async function removePerson(
  deps: MessagingDeps,
  actor: Actor,
  id: string,
  personId: string,
  { socketId }: Tab = {},
): Promise<void> {
  const { user, conversation } = await requireConversation(deps, actor, id);
  if (conversation.pair !== null) throw new AppError("CONFLICT");
  const target = parseUserId(personId);
  const at = deps.clock.now();
  const refs = await deps.database.$transaction(async (tx) => {
    await lockConversation(tx, conversation.id);
    const there = (await findMembers(tx, conversation.id)).map(({ userId }) => userId);
    if (target === null || !there.includes(target)) throw new AppError("USER_NOT_FOUND");
    if (target !== user.userId && !isKeeper(user.userId, conversation, there)) throw new AppError("FORBIDDEN");
    const line = await writeLine(tx, conversation.id, {
      ...(target === user.userId
        ? { kind: "left" as const, details: {} }
        : { kind: "removed" as const, details: { user_ids: [target] } }),
      ...{ by: user.userId, at, socketId },
    });
    await deleteMember(tx, conversation.id, target);
    return insertOutbox(tx, [
      line.row,
      conversationsChanged.row({
        payload: {
          ...{ conversation_id: conversation.id, user_ids: there },
          ...(socketId === undefined ? {} : { socket_id: socketId }),
        },
      }),
      // Their open pages hear nothing more from now on.
      rightsReduced.row({ payload: { user_ids: [target] } }),
    ]);
  });
  await deps.enqueuer.enqueue(refs);
}
