"use client";
import { type PersonPresence, personPresence } from "@mgs/messaging/contract/presence";
import { useChannel } from "@mgs/realtime/channel-react";
import { EVENTS } from "@mgs/realtime/names";
import { useState } from "react";
import { readPresence } from "./presence-reader";

/** How somebody on screen is seen, live: a page hears of those alone whom it shows. Null while it is not known. */
export function usePresence(userId: number): PersonPresence | null {
  const [presence, setPresence] = useState<PersonPresence | null>(null);
  useChannel(`private-presence.${userId}`, {
    events: {
      [EVENTS.presenceChanged]: (data) => {
        if (personPresence(data)) setPresence(data);
      },
    },
    onListening: () => void readPresence(userId).then((now) => now && setPresence(now)),
  });
  return presence;
}
