import { parseUserId } from "@mgs/core/user-id";
import { findPeopleRights } from "@mgs/identity/users/people-rights.repository";
import { readNumber } from "@mgs/records/changes/changes.repository";
import type { Subject, SubjectView } from "@mgs/records/subject";
import type { MessagingPorts } from "../deps";
import { conversationPath } from "../links";
import { findVisibleSlots, isOpenSlot } from "../messages/attachments";
import { MESSAGE_STREAM } from "../messages/messages.repository";
import { findConversation } from "./conversations.repository";
import { findMembers } from "./members.repository";
import { findConversing, findEntitled } from "./require-conversation";

/** What somebody in a conversation may do there. */
const MAY = { comment: true, attach: true, grant: false } as const;

/**
 * Conversations as documents, mentions and drafts know them: those who are in one see it, and nobody else, whatever their rights.
 * It is no kind of record that conversations or comments are about.
 */
export function conversationSubject(ports: Pick<MessagingPorts, "subjects">): Subject {
  const viewOf = async (
    database: Parameters<Subject["find"]>[0]["database"],
    id: number,
    name: string,
  ): Promise<SubjectView> => ({
    ...{ id: String(id), title: name, path: conversationPath(id), may: MAY },
    version: await readNumber(database, MESSAGE_STREAM, String(id)),
  });
  return {
    type: "conversation",
    segment: "conversations",
    channels: ["conversation.{id}"],
    missing: "CONVERSATION_NOT_FOUND",
    portal: "administration",
    everywhere: true,
    scopes: { read: "messages:read", write: "messages:write" },
    async find({ database }, actor, text) {
      const id = parseUserId(text);
      if (id === null) return null;
      if (actor.kind === "system") {
        const row = await findConversation(database, id);
        return row && viewOf(database, id, row.name);
      }
      if (actor.kind !== "user" || actor.impersonation) return null;
      const found = await findConversing({ database, ...ports }, actor, id);
      return found && viewOf(database, id, found.conversation.name);
    },
    async visibleTo(database, id, userIds) {
      const conversation = await findConversation(database, Number(id));
      if (!conversation) return [];
      const members = new Set((await findMembers(database, conversation.id)).map(({ userId }) => userId));
      const people = (await findPeopleRights(database, userIds)).filter(
        (person) => !person.disabled && members.has(person.id),
      );
      return findEntitled(
        { database, ...ports },
        conversation,
        people.map((person) => person.id),
      );
    },
    followers: async (database, id) => (await findMembers(database, Number(id))).map(({ userId }) => userId),
    // Whoever is named is in it already.
    follow: async () => undefined,
    places: {
      visible: (database, actor, id, slots) => findVisibleSlots({ database, ...ports }, actor, Number(id), slots),
      isOpen: (database, _, slot) => isOpenSlot(database, slot),
    },
  };
}
