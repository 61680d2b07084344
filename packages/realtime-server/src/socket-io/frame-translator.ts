import type { Frame } from "../protocol/frame";
import { eventPacket, packetOf, readFrame } from "./event-packet";

/** A member as laravel-echo-server sends it; its `socketId` is left out, since it is a secret of older clients. */
type Member = { user_id: string; user_info: unknown };

/** Names that a client keeps for its own events: one that is published under such a name would look like it. */
const RESERVED_EVENTS: ReadonlySet<string> = new Set([
  "connect",
  "connect_error",
  "disconnect",
  "disconnecting",
  "newListener",
  "removeListener",
]);

/** Turns the hub's frames for one client into packets of Socket.IO, with the events of laravel-echo-server. */
export type FrameTranslator = {
  /** @returns undefined for a frame that has no counterpart there */
  translate(frame: Frame): string | undefined;
  /** Forgets the members of a channel that was left. */
  leave(channel: string): void;
};

export function createFrameTranslator(): FrameTranslator {
  /** Members by presence channel and id: Pusher's `member_removed` says the id alone, Echo's `leaving` has all of a member. */
  let members: Map<string, Map<string, Member>> | undefined;

  function translate(frame: Frame): string | undefined {
    const { event, channel, data } = readFrame(frame);
    if (event === "pusher_internal:subscription_succeeded") return enter(channel, data);
    if (event === "pusher_internal:member_added") return join(channel, data as Member);
    if (event === "pusher_internal:member_removed") return leave(channel, (data as Member).user_id);
    if (event === "pusher:subscription_error") {
      return eventPacket("subscription_error", channel, (data as { status: number }).status);
    }
    if (event.startsWith("pusher:") || event.startsWith("pusher_internal:") || RESERVED_EVENTS.has(event)) {
      return undefined;
    }
    return packetOf(frame);
  }

  function enter(channel: string, data: unknown): string | undefined {
    const { presence } = data as { presence?: { ids: string[]; hash: Record<string, unknown> } };
    if (presence === undefined) return undefined;
    const here = new Map(presence.ids.map((id) => [id, { user_id: id, user_info: presence.hash[id] ?? null }]));
    members ??= new Map();
    members.set(channel, here);
    return eventPacket("presence:subscribed", channel, [...here.values()]);
  }

  function join(channel: string, { user_id, user_info = null }: Member): string | undefined {
    const member = { user_id, user_info };
    members?.get(channel)?.set(user_id, member);
    return eventPacket("presence:joining", channel, member);
  }

  function leave(channel: string, userId: string): string | undefined {
    const here = members?.get(channel);
    const member = here?.get(userId) ?? { user_id: userId, user_info: null };
    here?.delete(userId);
    return eventPacket("presence:leaving", channel, member);
  }

  return { translate, leave: (channel) => void members?.delete(channel) };
}
