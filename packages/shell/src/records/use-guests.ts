import { array, number, object, oneOf, string } from "@mgs/core/shape";
import { useChannel } from "@mgs/realtime/channel-react";
import { recordPresenceEvent } from "@mgs/realtime/events";
import { EVENTS } from "@mgs/realtime/names";
import type { ChannelMember } from "@mgs/realtime/page-channel";
import { useEffectEvent, useMemo, useRef, useState } from "react";
import { sessionFetch } from "../page-session";

const answer = object({
  data: array(object({ id: number, name: string, by: array(oneOf("socket", "http")) })),
});

/**
 * Who has a record open without being a member of its presence channel: clients without a socket, which tell so over HTTP.
 * @param channel the record's presence channel
 * @param usersPath address of the list of everybody who is there
 */
export function useGuests(channel: string, usersPath: string): readonly ChannelMember[] {
  const [guests, setGuests] = useState<ReadonlyMap<number, string>>(new Map());
  const eventCount = useRef(0);

  const fetchGuests = useEffectEvent(async (): Promise<void> => {
    const before = eventCount.current;
    const response = await sessionFetch(usersPath, { cache: "no-store" });
    const body: unknown = response.ok ? await response.json() : null;
    if (!answer(body)) return;
    // The answer may be older than an event that came meanwhile.
    if (eventCount.current !== before) return fetchGuests();
    setGuests(new Map(body.data.filter(({ by }) => by.includes("http")).map(({ id, name }) => [id, name])));
  });

  useChannel(channel, {
    events: {
      [EVENTS.userOnline]: (data) => {
        eventCount.current++;
        if (recordPresenceEvent(data)) setGuests((before) => new Map(before).set(data.user_id, data.name));
      },
      [EVENTS.userOffline]: (data) => {
        eventCount.current++;
        if (recordPresenceEvent(data))
          setGuests((before) => new Map([...before].filter(([id]) => id !== data.user_id)));
      },
    },
    // Events are missed without a connection.
    onListening: () => void fetchGuests().catch(() => undefined),
  });
  return useMemo(() => [...guests].map(([id, name]) => ({ id, name })), [guests]);
}
