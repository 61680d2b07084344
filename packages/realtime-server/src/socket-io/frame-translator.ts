import type { Frame } from "../protocol/frame";
import { type EventPacket, eventPacket, type HubMessage, readFrame } from "./event-packet";
import type { Member, MemberBook } from "./member-book";

/** Names that a client keeps for its own events: one that is published under such a name would look like it. */
const RESERVED_EVENTS: ReadonlySet<string> = new Set([
  "connect",
  "connect_error",
  "disconnect",
  "disconnecting",
  "newListener",
  "removeListener",
]);
const SUCCEEDED = "pusher_internal:subscription_succeeded";

/** Turns the hub's frames into packets of Socket.IO, with the events of laravel-echo-server. */
export type FrameTranslator = {
  /**
   * @param entered called with a presence channel that the frame's client has come into
   * @returns undefined for a frame that has no counterpart there
   */
  translate(frame: Frame, entered: (channel: string) => void): EventPacket | undefined;
};

/** One for all clients of a process: a frame that goes to many of them is translated once. */
export function createFrameTranslator(book: MemberBook): FrameTranslator {
  const packets = new WeakMap<Frame, EventPacket | undefined>();
  return {
    translate(frame, entered) {
      if (packets.has(frame)) return packets.get(frame);
      const message = readFrame(frame);
      // This frame is its client's own.
      if (message.event === SUCCEEDED) return succeeded(message, entered);
      const packet = translateShared(message, book);
      packets.set(frame, packet);
      return packet;
    },
  };

  function succeeded({ channel, data }: HubMessage, entered: (channel: string) => void): EventPacket | undefined {
    const { presence } = data as { presence?: { ids: string[]; hash: Record<string, unknown> } };
    if (presence === undefined) return undefined;
    const members = presence.ids.map((id) => ({ user_id: id, user_info: presence.hash[id] ?? null }));
    book.enter(channel, members);
    entered(channel);
    return eventPacket("presence:subscribed", channel, members);
  }
}

function translateShared({ event, channel, data }: HubMessage, book: MemberBook): EventPacket | undefined {
  if (event === "pusher_internal:member_added") {
    const { user_id, user_info = null } = data as Member;
    const member = { user_id, user_info };
    book.add(channel, member);
    return eventPacket("presence:joining", channel, member);
  }
  if (event === "pusher_internal:member_removed") {
    return eventPacket("presence:leaving", channel, book.take(channel, (data as Member).user_id));
  }
  if (event === "pusher:subscription_error") {
    return eventPacket("subscription_error", channel, (data as { status: number }).status);
  }
  const isInternal = event.startsWith("pusher:") || event.startsWith("pusher_internal:");
  return isInternal || RESERVED_EVENTS.has(event) ? undefined : eventPacket(event, channel, data);
}
