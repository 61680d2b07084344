const NAME = /^[A-Za-z0-9_\-=@,.;]{1,200}$/;
const USER_CHANNEL_PREFIX = "#server-to-user-";

export type ChannelKind = "public" | "private" | "encrypted" | "presence";

/** Whether clients may subscribe to this name and publishers send to it. */
export function isChannelName(name: string): boolean {
  return NAME.test(name);
}

/** The kind of a valid channel name: it decides which clients may join and which events they may send. */
export function channelKind(name: string): ChannelKind {
  if (name.startsWith("presence-")) return "presence";
  if (name.startsWith("private-encrypted-")) return "encrypted";
  if (name.startsWith("private-")) return "private";
  return "public";
}

const CACHE_NAME = /^(?:private-encrypted-|private-|presence-)?cache-/;

/** Whether a channel remembers its last event for new subscribers. */
export function isCacheChannel(name: string): boolean {
  return CACHE_NAME.test(name);
}

/** The pseudo channel on which `sendToUser` of the server libraries reaches a signed-in user. */
export function userChannel(userId: string): string {
  return `${USER_CHANNEL_PREFIX}${userId}`;
}

/** The user behind a pseudo channel; undefined for every other name. */
export function userOfChannel(name: string): string | undefined {
  if (!name.startsWith(USER_CHANNEL_PREFIX)) return undefined;
  return name.slice(USER_CHANNEL_PREFIX.length) || undefined;
}
