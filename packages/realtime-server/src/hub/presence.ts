import type { PresenceMember } from "../protocol/frames";

/**
 * Who is in which presence channel, by distinct user. Sockets are named by id, not by object, so that the sockets of
 * other processes can be entered as well.
 */
export type Presence = {
  /** @returns true when the user was not there before */
  join(channel: string, member: PresenceMember, socketId: string): boolean;
  /** @returns true when that was the user's last socket */
  leave(channel: string, userId: string, socketId: string): boolean;
  has(channel: string, userId: string): boolean;
  count(channel: string): number;
  members(channel: string): PresenceMember[];
};

type Entry = PresenceMember & { socketIds: Set<string> };

export function createPresence(): Presence {
  const channels = new Map<string, Map<string, Entry>>();
  return {
    join(channel, member, socketId) {
      let users = channels.get(channel);
      if (users === undefined) {
        users = new Map();
        channels.set(channel, users);
      }
      const entry = users.get(member.userId);
      if (entry !== undefined) {
        entry.socketIds.add(socketId);
        return false;
      }
      users.set(member.userId, { ...member, socketIds: new Set([socketId]) });
      return true;
    },
    leave(channel, userId, socketId) {
      const users = channels.get(channel);
      const entry = users?.get(userId);
      if (users === undefined || entry === undefined || !entry.socketIds.delete(socketId)) return false;
      if (entry.socketIds.size > 0) return false;
      users.delete(userId);
      if (users.size === 0) channels.delete(channel);
      return true;
    },
    has: (channel, userId) => channels.get(channel)?.has(userId) ?? false,
    count: (channel) => channels.get(channel)?.size ?? 0,
    members: (channel) => [...(channels.get(channel)?.values() ?? [])].map(({ userId, info }) => ({ userId, info })),
  };
}
