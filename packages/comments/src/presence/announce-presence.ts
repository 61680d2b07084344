import type { Database } from "@mgs/db/client";
import { findPeopleRights } from "@mgs/identity/users/people-rights.repository";
import type { RecordPresenceEvent } from "@mgs/realtime/events";
import type { EVENTS } from "@mgs/realtime/names";
import type { Publisher } from "@mgs/realtime/server";
import { channelsOf, type Subject } from "@mgs/records/subject";
import { splitName } from "@mgs/writing/contract/split-name";

type PresenceEventName = (typeof EVENTS)["userOnline" | "userOffline" | "userTyping"];

/**
 * Tells who has a record open that somebody came, left or types. It is told once and not repeated: after a failure the next sign of life, or
 * the list of people, says the same.
 */
export async function announcePresence(
  { database, publisher }: { database: Database; publisher: Pick<Publisher, "trigger"> },
  subject: Subject,
  subjectId: string,
  userId: number,
  event: PresenceEventName,
  socketId?: string,
): Promise<void> {
  const [person] = await findPeopleRights(database, [userId]);
  if (!person) return;
  const user = { id: userId, ...splitName(person.name), avatar: null };
  const data: RecordPresenceEvent & { user: object } = { user_id: userId, name: person.name, user };
  const sent = channelsOf(subject, subjectId).map((channel) =>
    publisher.trigger(`presence-${channel}`, event, data, socketId).catch(() => undefined),
  );
  await Promise.all(sent);
}
