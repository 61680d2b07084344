import type { RawClient } from "./raw-client";

type PresenceData = { user_id: string; presence: { ids: string[] } };

/**
 * Who is present in a channel, by all that one client was told of it. An addition of who is there or a removal of who is not
 * is wrong.
 */
export function viewOf(client: RawClient, room: string): { present: string[]; wrong: string[] } {
  const present = new Set<string>();
  const wrong: string[] = [];
  for (const { event, channel, data } of client.received) {
    if (channel !== room || !event.startsWith("pusher_internal:")) continue;
    const { user_id: id, presence } = JSON.parse(String(data)) as PresenceData;
    if (event.endsWith("subscription_succeeded")) for (const known of presence.ids) present.add(known);
    if (event.endsWith("member_added")) {
      if (present.has(id)) wrong.push(`+${id}`);
      present.add(id);
    }
    if (event.endsWith("member_removed") && !present.delete(id)) wrong.push(`-${id}`);
  }
  return { present: [...present].sort(), wrong };
}
