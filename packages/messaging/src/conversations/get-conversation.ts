import type { Actor } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import { namesOf } from "@mgs/identity/users/name-of";
import type { ConversationDetails } from "../contract/conversation";
import type { MessagingDeps } from "../deps";
import { findHidingReads, showsReads } from "../presence/presence.repository";
import { toConversationDtos } from "./conversation-dto";
import { isKeeper } from "./keeper";
import { findMembers } from "./members.repository";
import { type Conversing, findEntitled, requireConversation } from "./require-conversation";

/** Reads a conversation with its people. @throws AppError as {@link requireConversation} */
export async function getConversation(
  deps: MessagingDeps,
  actor: Actor,
  id: string | number,
): Promise<ConversationDetails> {
  return toDetails(deps, await requireConversation(deps, actor, id));
}

/** A conversation with its people, for one who is in it. */
export async function toDetails(deps: MessagingDeps, found: Conversing): Promise<ConversationDetails> {
  const { database } = deps;
  const { user, conversation } = found;
  const [[dto], members, own] = await Promise.all([
    toConversationDtos(deps, user, [found]),
    findMembers(database, conversation.id),
    showsReads(database, user.userId),
  ]);
  if (!dto) throw new AppError("CONVERSATION_NOT_FOUND");
  const ids = members.map(({ userId }) => userId);
  const [names, entitled, hiding] = await Promise.all([
    namesOf(database, ids),
    findEntitled(deps, conversation, ids),
    own ? findHidingReads(database, ids) : new Set<number>(),
  ]);
  const isThere = new Set(entitled);
  return {
    conversation: dto,
    shows_reads: own,
    may_remove: isKeeper(user.userId, conversation, ids),
    // Whoever may not see the record any more reads nothing, and is not among its people until they may again.
    members: members
      .filter(({ userId }) => isThere.has(userId))
      .map(({ userId, joinedAt, fromPlace, readPlace }) => ({
        ...{ id: userId, name: names.get(userId) ?? "", joined_at: joinedAt.toISOString() },
        from_place: Number(fromPlace),
        read_place: own && !hiding.has(userId) ? Number(readPlace) : null,
      })),
  };
}
