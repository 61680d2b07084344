import type { RawClient } from "./raw-client";

type PresenceData = { user_id: string; presence: { ids: string[] } };

/**
 * The members of a channel according to the events that one client received. Adding a present member or removing an absent
 * one is wrong.
 */
export function observedPresence(client: RawClient, room: string): { present: string[]; wrong: string[] } {
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
