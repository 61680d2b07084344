import { parseUserId } from "@mgs/core/user-id";
import type { Database } from "@mgs/db/client";
import { nameOf } from "@mgs/identity/users/name-of";
import { findPeopleRights } from "@mgs/identity/users/people-rights.repository";
import type { ChannelRule } from "@mgs/realtime/authorize-channel";
import { ONLINE_USERS_CHANNEL } from "@mgs/realtime/names";
import { findConversing } from "./conversations/require-conversation";
import type { MessagingPorts } from "./deps";
import { isInvisible, showsReads } from "./presence/presence.repository";

/** The channel of a conversation, without `private-`; the name is that of the system before this. */
export const conversationChannel = (id: number | string): string => `conversation.${id}`;
/** Tells how one person is seen: for pages that show them. */
export const presenceChannel = (userId: number | string): string => `presence.${userId}`;
/** Tells what its people have read: of those who show it, to those who do. */
export const conversationReadsChannel = (id: number | string): string => `conversation-reads.${id}`;

/** The channels of conversations: for those who are in one. They tell each other there that they type. */
export const messageChannels = (
  ports: Pick<MessagingPorts, "subjects">,
): readonly ChannelRule<{ database: Database }>[] => {
  const isIn: ChannelRule<{ database: Database }>["authorize"] = async ({ database }, actor, id) =>
    (!actor.impersonation && (await findConversing({ database, ...ports }, actor, id)) !== null) || false;
  return [
    {
      ...{ pattern: ONLINE_USERS_CHANNEL, scope: "users:read", clientEvents: false },
      async authorize({ database }, actor) {
        // Who is at work is the administrator: colleagues of the person in whose name they act see that one as they are.
        const id = actor.impersonation?.administrator.id ?? actor.userId;
        if (await isInvisible(database, id, new Date())) return false;
        return { user_id: String(id), user_info: { name: await nameOf({ database }, id) } };
      },
    },
    {
      // Whoever may see that colleagues are online may see how; who is invisible is told of as of somebody who is not there.
      ...{ pattern: `private-${presenceChannel("{id}")}`, scope: "users:read", clientEvents: false },
      async authorize({ database }, _, id) {
        const userId = parseUserId(id);
        return (userId !== null && (await findPeopleRights(database, [userId])).length > 0) || false;
      },
    },
    {
      ...{ pattern: `private-${conversationChannel("{id}")}`, scope: "messages:read", clientEvents: true },
      authorize: isIn,
    },
    {
      ...{ pattern: `private-${conversationReadsChannel("{id}")}`, scope: "messages:read", clientEvents: false },
      authorize: async (deps, actor, id) =>
        (await showsReads(deps.database, actor.userId)) ? isIn(deps, actor, id) : false,
    },
  ];
};
