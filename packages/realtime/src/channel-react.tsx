"use client";
import { useEffect, useEffectEvent, useMemo, useRef } from "react";
import { type ChannelListener, type JoinedChannel, joinChannel } from "./page-channel";
import { useRealtimeConnection } from "./react";

/**
 * Joins a channel for as long as the component is mounted; pages of records load this, and the shell does not. The names of the events
 * stay the same from one drawing to the next.
 * @param name null: none yet
 */
export function useChannel(name: string | null, listener: ChannelListener): Pick<JoinedChannel, "send"> {
  const connection = useRealtimeConnection();
  const joined = useRef<JoinedChannel | null>(null);
  const onEvent = useEffectEvent((event: string, data: unknown, from: number | undefined) =>
    listener.events?.[event]?.(data, from),
  );
  const onListening = useEffectEvent(() => listener.onListening?.());
  const onMembers = useEffectEvent<NonNullable<ChannelListener["onMembers"]>>((members) =>
    listener.onMembers?.(members),
  );
  const onRefused = useEffectEvent(() => listener.onRefused?.());
  const events = Object.keys(listener.events ?? {}).join(" ");

  useEffect(() => {
    if (!connection || name === null) return;
    const channel = joinChannel(connection.pusher, name, {
      events: Object.fromEntries(
        events
          .split(" ")
          .filter(Boolean)
          .map((event) => [event, (data: unknown, from: number | undefined) => onEvent(event, data, from)]),
      ),
      onListening: () => onListening(),
      onMembers: (members) => onMembers(members),
      onRefused: () => onRefused(),
    });
    joined.current = channel;
    return () => {
      joined.current = null;
      channel.leave();
    };
  }, [connection, name, events]);

  return useMemo(() => ({ send: (event, data) => joined.current?.send(event, data) ?? false }), []);
}
