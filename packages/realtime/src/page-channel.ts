import type { Channel, PresenceChannel, default as Pusher } from "pusher-js";
import { onlineMember } from "./events";
import { CHANNEL_REFUSED, keepSubscribed } from "./keep-subscribed";

/** Somebody who has a page of the channel open; several tabs of a person are one. */
export type ChannelMember = { id: number; name: string };

/** What one part of a page wants to know of a channel. */
export type ChannelListener = {
  /** Callbacks by the event's name. `from` is who sent a client event, as the server vouches for them; presence channels alone have it. */
  events?: Readonly<Record<string, (data: unknown, from: number | undefined) => void>>;
  /** The channel is subscribed (again): what was missed has to be fetched. */
  onListening?: () => void;
  /** Of a presence channel: everybody there, oneself included, by name. */
  onMembers?: (members: readonly ChannelMember[]) => void;
  /** The server refuses the channel; it is asked again, less and less often. */
  onRefused?: () => void;
};

export type JoinedChannel = {
  /** Sends a client event to the others. @returns false when it could not be sent */
  send(event: `client-${string}`, data: object): boolean;
  leave(): void;
};

type Shared = { channel: Channel; listeners: number; ending: AbortController };

/** Channels of a socket that parts of the page have joined; the last that leaves unsubscribes. */
const shared = new WeakMap<Pusher, Map<string, Shared>>();

/** Joins a private or presence channel on the page's own socket, for one part of the page. */
export function joinChannel(pusher: Pusher, name: string, listener: ChannelListener): JoinedChannel {
  const { channel } = share(pusher, name);
  const isPresence = name.startsWith("presence-");
  const tellMembers = () => isPresence && listener.onMembers?.(membersOf(channel as PresenceChannel));
  const bindings: Record<string, (data: unknown, metadata?: { user_id?: string }) => void> = {
    "pusher:subscription_succeeded": () => {
      listener.onListening?.();
      tellMembers();
    },
    [CHANNEL_REFUSED]: () => listener.onRefused?.(),
    "pusher:subscription_error": () => listener.onRefused?.(),
    "pusher:member_added": tellMembers,
    "pusher:member_removed": tellMembers,
  };
  for (const [event, callback] of Object.entries(listener.events ?? {}))
    bindings[event] = (data, metadata) => callback(data, metadata?.user_id ? Number(metadata.user_id) : undefined);
  for (const [event, callback] of Object.entries(bindings)) channel.bind(event, callback);
  if (channel.subscribed) bindings["pusher:subscription_succeeded"]?.(null);
  return {
    send: (event, data) => channel.subscribed && channel.trigger(event, data),
    leave() {
      for (const [event, callback] of Object.entries(bindings)) channel.unbind(event, callback);
      release(pusher, name);
    },
  };
}

function share(pusher: Pusher, name: string): Shared {
  const channels = shared.get(pusher) ?? new Map<string, Shared>();
  shared.set(pusher, channels);
  const known = channels.get(name);
  if (known) {
    known.listeners++;
    return known;
  }
  const ending = new AbortController();
  const one: Shared = { channel: pusher.subscribe(name), listeners: 1, ending };
  channels.set(name, one);
  // Each part hears of a refusal by its own binding.
  keepSubscribed(pusher, one.channel, () => undefined, ending.signal);
  return one;
}

function release(pusher: Pusher, name: string): void {
  const channels = shared.get(pusher);
  const one = channels?.get(name);
  if (!channels || !one || --one.listeners > 0) return;
  one.ending.abort();
  channels.delete(name);
  pusher.unsubscribe(name);
}

function membersOf({ members }: PresenceChannel): ChannelMember[] {
  const all: ChannelMember[] = [];
  members.each(({ id, info }: { id: string; info: unknown }) => {
    if (onlineMember(info)) all.push({ id: Number(id), name: info.name });
  });
  return all.sort((a, b) => a.name.localeCompare(b.name));
}
