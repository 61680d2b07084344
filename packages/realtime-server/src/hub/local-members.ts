import type { Cluster, MaybePromise } from "../cluster/cluster";
import type { PresenceMember } from "../protocol/frames";

/** The sockets that each member of a topic has in this process; the cluster hears of the first and of the last. */
export type LocalMembers = {
  /** @returns false when the topic is full; the socket is not entered then */
  enter(topic: string, member: PresenceMember, limit: number): MaybePromise<boolean>;
  exit(topic: string, userId: string): void;
};

type Entry = { sockets: number; joined: MaybePromise<boolean> };

export function createLocalMembers(cluster: Cluster, appId: string): LocalMembers {
  const entries = new Map<string, Entry>();
  const keyOf = (topic: string, userId: string) => `${topic} ${userId}`;

  function exit(topic: string, userId: string): void {
    const key = keyOf(topic, userId);
    const entry = entries.get(key);
    if (entry === undefined || --entry.sockets > 0) return;
    entries.delete(key);
    cluster.leave(appId, topic, userId);
  }

  async function confirm(topic: string, userId: string, joined: Promise<boolean>): Promise<boolean> {
    const isJoined = await joined.catch((error: unknown) => {
      exit(topic, userId);
      throw error;
    });
    if (!isJoined) exit(topic, userId);
    return isJoined;
  }

  return {
    enter(topic, member, limit) {
      const key = keyOf(topic, member.userId);
      let entry = entries.get(key);
      if (entry === undefined) {
        entry = { sockets: 0, joined: cluster.join(appId, topic, member, limit) };
        if (entry.joined === false) return false;
        entries.set(key, entry);
      }
      entry.sockets++;
      return typeof entry.joined === "boolean" ? entry.joined : confirm(topic, member.userId, entry.joined);
    },
    exit,
  };
}
