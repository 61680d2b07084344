import type { Database } from "@mgs/db/client";
import { namesOf } from "@mgs/identity/users/name-of";
import { findPeopleRights, type PersonRights } from "@mgs/identity/users/people-rights.repository";
import type { OutboxPayload } from "@mgs/jobs/outbox-kind";
import type { OutboxHandler } from "@mgs/module/outbox";
import type { WorkerDeps } from "@mgs/module/worker-deps";
import { type ConversationRow, findConversation, findConversationOf } from "../conversations/conversations.repository";
import { findMembers } from "../conversations/members.repository";
import { findEntitled } from "../conversations/require-conversation";
import type { MessagingPorts } from "../deps";
import { conversationPath, messagePath } from "../links";
import { excerptOf } from "../messages/excerpt";
import { findMessageById, findNewest } from "../messages/messages.repository";
import type { messageNotice } from "../outbox-kinds";
import { countUnreadIn, findUntold, noteTold, type UnreadMember } from "../reading/reading.repository";
import { noticeGroup } from "./notice-group";
import { writeNotice } from "./notice-texts";
import { NOTICE_DELAY_MS, putNoticeBack, takeDueNotice } from "./notices.repository";

type Deps = Pick<WorkerDeps, "database" | "ringBell" | "portalsOpenTo">;
type Ports = Pick<MessagingPorts, "subjects">;

/**
 * Tells people that a message names them, that they were added, or what they wanted to be reminded of. Who is not in the conversation any more, or
 * does not see the record that it is about, hears nothing.
 */
export const tellMessageNotice =
  (ports: Ports): OutboxHandler<OutboxPayload<typeof messageNotice>> =>
  async (deps, { id, payload }) => {
    const { database } = deps;
    const { notice, conversation_id, message_id, user_ids, by } = payload;
    const conversation = await findConversation(database, conversation_id);
    if (!conversation) return;
    const message = message_id === null ? null : await findMessageById(database, message_id);
    if (message_id !== null && (!message || message.deletedAt !== null)) return;
    const people = await findRecipients(database, ports, conversation, user_ids);
    const names = await namesOf(database, [by, message?.authorId ?? null]);
    for (const person of people) {
      const own = await findConversationOf(database, conversation_id, person.id);
      if (!own || (message && message.place <= Number(own.member.fromPlace))) continue;
      // Read already: it names somebody who was there.
      if (notice === "mentioned" && message && message.place <= Number(own.member.readPlace)) continue;
      const { title, text } = writeNotice(person, {
        ...{ notice, by: names.get(by ?? message?.authorId ?? 0) ?? "", count: 1 },
        title: await titleFor(database, conversation, person.id),
        excerpt: message ? excerptOf(message) : "",
      });
      await ring(deps, person, {
        ...{ key: `message:${id}:${person.id}`, type: `message.${notice}`, titre: title, message: text },
        url: message ? messagePath(conversation_id, message.id) : conversationPath(conversation_id),
        // A reminder is a notification of its own; the others are the one of their conversation.
        ...(notice === "mentioned" ? { group: noticeGroup(conversation_id) } : {}),
      });
      if (notice === "mentioned" && message)
        await database.$transaction((tx) => noteTold(tx, conversation_id, person.id, message.place));
    }
  };

/**
 * Tells people of what they have not read for a minute, by one notification for each conversation, which grows while it is unread. Whoever has read
 * it meanwhile hears nothing, and of a muted conversation nobody does.
 * @returns how many were told
 */
export async function tellHeldNotices(deps: Deps & { clock: { now(): Date } }, ports: Ports): Promise<number> {
  let told = 0;
  for (;;) {
    const more = await deps.database.$transaction(async (tx) => {
      const now = deps.clock.now();
      const id = await takeDueNotice(tx, now);
      if (id === null) return false;
      const waiting = await findUntold(tx, id);
      const isDue = ({ oldest }: UnreadMember) => oldest.getTime() + NOTICE_DELAY_MS <= now.getTime();
      const later = waiting.filter((one) => !isDue(one)).map(({ oldest }) => oldest.getTime() + NOTICE_DELAY_MS);
      for (const one of await tellUnread(deps, ports, id, waiting.filter(isDue))) {
        await noteTold(tx, id, one.userId, one.newest);
        told++;
      }
      if (later.length > 0) await putNoticeBack(tx, id, new Date(Math.min(...later)));
      return true;
    });
    if (!more) return told;
  }
}

/** @returns those who were told, and those who may not hear of it any more */
async function tellUnread(
  deps: Deps,
  ports: Ports,
  conversationId: number,
  due: readonly UnreadMember[],
): Promise<readonly UnreadMember[]> {
  const { database } = deps;
  const conversation = due.length === 0 ? null : await findConversation(database, conversationId);
  if (!conversation) return due;
  const people = await findRecipients(
    database,
    ports,
    conversation,
    due.map(({ userId }) => userId),
  );
  const byId = new Map(people.map((person) => [person.id, person]));
  for (const { userId, newest } of due) {
    const person = byId.get(userId);
    const own = person && (await findConversationOf(database, conversationId, userId));
    if (!own) continue;
    const count = (await countUnreadIn(database, userId, [conversationId])).get(conversationId) ?? 0;
    // Read while others were told.
    if (count === 0) continue;
    const last = await findNewest(database, [{ id: conversationId, from: Number(own.member.fromPlace) }]);
    const message = last.get(conversationId);
    const names = await namesOf(database, [message?.authorId ?? null]);
    const { title, text } = writeNotice(person, {
      ...{ notice: "unread", count, by: names.get(message?.authorId ?? 0) ?? "" },
      title: await titleFor(database, conversation, userId),
      excerpt: message ? excerptOf(message) : "",
    });
    await ring(deps, person, {
      ...{
        key: `conversation:${conversationId}:${userId}:${newest}`,
        type: "message.unread",
        titre: title,
        message: text,
      },
      ...{ url: conversationPath(conversationId), group: noticeGroup(conversationId) },
    });
  }
  return due;
}

async function findRecipients(
  database: Database,
  ports: Ports,
  conversation: ConversationRow,
  userIds: readonly number[],
): Promise<PersonRights[]> {
  const members = new Set((await findMembers(database, conversation.id)).map(({ userId }) => userId));
  const there = userIds.filter((id) => members.has(id));
  const entitled = await findEntitled({ database, ...ports }, conversation, there);
  return (await findPeopleRights(database, entitled)).filter(({ disabled }) => !disabled);
}

/** A conversation's title as one of its people sees it. */
async function titleFor(database: Database, { id, name }: ConversationRow, userId: number): Promise<string> {
  if (name !== "") return name;
  const others = (await findMembers(database, id)).map((member) => member.userId).filter((one) => one !== userId);
  return [...(await namesOf(database, others.slice(0, 3))).values()].join(", ");
}

type Ring = { key: string; type: string; titre: string; message: string; url: string; group?: string };

async function ring(deps: Deps, person: PersonRights, { url, ...notice }: Ring): Promise<void> {
  const [portal = "administration"] = deps.portalsOpenTo(person);
  await deps.ringBell({ ...notice, url, userId: person.id, source: portal, mailed: true });
}
