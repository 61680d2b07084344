import type { UserActor } from "@mgs/core/actor";
import type { Database } from "@mgs/db/client";
import { namesOf } from "@mgs/identity/users/name-of";
import type { Subject, SubjectView } from "@mgs/records/subject";
import type { ConversationDto } from "../contract/conversation";
import type { MessagingDeps } from "../deps";
import { excerptOf } from "../messages/excerpt";
import { findNewest } from "../messages/messages.repository";
import { countUnreadIn } from "../reading/reading.repository";
import type { ListedConversation } from "./conversations.repository";
import { findMembersOf } from "./members.repository";

/** So many names stand in a list; the rest is a number. */
const MAX_NAMES = 5;

/** A conversation with the record that it is about, which its reader sees. */
export type SeenConversation = ListedConversation & { about: { subject: Subject; view: SubjectView } | null };

type Reading = { database: Database } & Pick<MessagingDeps, "portalUrls">;

/** Makes conversations as their list shows them to one reader. */
export async function toConversationDtos(
  { database, portalUrls }: Reading,
  reader: Pick<UserActor, "userId">,
  conversations: readonly SeenConversation[],
): Promise<ConversationDto[]> {
  const ids = conversations.map(({ conversation }) => conversation.id);
  const [members, newest, unread] = await Promise.all([
    findMembersOf(database, ids),
    findNewest(
      database,
      conversations.map(({ conversation, member }) => ({ id: conversation.id, from: Number(member.fromPlace) })),
    ),
    countUnreadIn(database, reader.userId, ids),
  ]);
  const othersOf = (id: number) => (members.get(id) ?? []).filter((one) => one !== reader.userId);
  const names = await namesOf(database, [
    ...ids.flatMap((id) => othersOf(id).slice(0, MAX_NAMES)),
    ...[...newest.values()].map(({ authorId }) => authorId),
  ]);
  const nameOf = (id: number) => names.get(id) ?? "";
  return conversations.map(({ conversation, member, about }) => {
    const { id, name, pair, lastAt, lastPlace } = conversation;
    const others = othersOf(id);
    const people = others.slice(0, MAX_NAMES).map((one) => ({ id: one, name: nameOf(one) }));
    const last = newest.get(id);
    return {
      ...{ id, name, is_pair: pair !== null, people, people_count: others.length + 1 },
      title: name === "" ? people.map((one) => one.name).join(", ") : name,
      subject: about && {
        ...{ type: about.subject.type, id: about.view.id, title: about.view.title },
        href: portalUrls[about.subject.portal] + about.view.path,
      },
      last_message: last
        ? {
            ...{ name: nameOf(last.authorId), excerpt: excerptOf(last), place: last.place },
            created_at: last.createdAt.toISOString(),
          }
        : null,
      ...{ last_at: lastAt.toISOString(), last_place: Number(lastPlace), read_place: Number(member.readPlace) },
      unread_count: unread.get(id) ?? 0,
      ...{ muted: member.muted, pinned: member.pinnedAt !== null },
      archived: member.archivedPlace !== null && member.archivedPlace >= lastPlace,
    };
  });
}
