import type { Cluster, MaybePromise } from "../cluster/cluster";
import type { PresenceMember } from "../protocol/frames";

/** Counts the sockets of each member of a topic in this process; the cluster gets the first and the last. */
export type LocalMembers = {
  /** @returns false when the topic is full; the socket is not counted then */
  enter(topic: string, member: PresenceMember, limit: number): MaybePromise<boolean>;
  exit(topic: string, userId: string): void;
};

type LocalEntry = { sockets: number; joined: MaybePromise<boolean> };

export function createLocalMembers(cluster: Cluster, appId: string): LocalMembers {
  const entries = new Map<string, LocalEntry>();
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
