/** A member as laravel-echo-server sends it; its `socketId` is left out, since it is a secret of older clients. */
export type Member = { user_id: string; user_info: unknown };

/**
 * Members of the presence channels of one process's Socket.IO clients, once for all of them: Pusher's `member_removed` says an id alone, and
 * Echo's `leaving` has all of a member.
 */
export type MemberBook = {
  /** A client has come into a channel. */
  enter(channel: string, members: readonly Member[]): void;
  /** A client has gone from it; with the last one its members are forgotten. */
  leave(channel: string): void;
  add(channel: string, member: Member): void;
  /** Takes out a member; without what is known of it, when that is nothing. */
  take(channel: string, userId: string): Member;
};

export function createMemberBook(): MemberBook {
  const channels = new Map<string, { clients: number; members: Map<string, Member> }>();
  return {
    enter(channel, members) {
      let known = channels.get(channel);
      if (known === undefined) {
        known = { clients: 0, members: new Map() };
        channels.set(channel, known);
      }
      known.clients++;
      for (const member of members) known.members.set(member.user_id, member);
    },
    leave(channel) {
      const known = channels.get(channel);
      if (known !== undefined && --known.clients === 0) channels.delete(channel);
    },
    add(channel, member) {
      channels.get(channel)?.members.set(member.user_id, member);
    },
    take(channel, userId) {
      const members = channels.get(channel)?.members;
      const member = members?.get(userId) ?? { user_id: userId, user_info: null };
      members?.delete(userId);
      return member;
    },
  };
}
