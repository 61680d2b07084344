import type { Cluster, MaybePromise } from "../cluster/cluster";

/** Counts the uses of topics in this process; it listens to a topic from the first use to the last. */
export type LocalTopics = {
  /** Resolves when this process receives everything on the topic. */
  acquire(topic: string): MaybePromise<void>;
  release(topic: string): void;
};

export function createLocalTopics(cluster: Cluster, appId: string): LocalTopics {
  const topics = new Map<string, { uses: number; ready: MaybePromise<void> }>();
  return {
    acquire(topic) {
      const known = topics.get(topic);
      if (known !== undefined) {
        known.uses++;
        return known.ready;
      }
      const entry = { uses: 1, ready: cluster.listen(appId, topic) };
      topics.set(topic, entry);
      return entry.ready;
    },
    release(topic) {
      const known = topics.get(topic);
      if (known === undefined || --known.uses > 0) return;
      topics.delete(topic);
      cluster.unlisten(appId, topic);
    },
  };
}
