/**
 * Names in Redis; processes of different versions share them. The keys of one topic are in one slot of a Redis Cluster (by
 * their hash tag), so that a script changes and announces a topic in one step; likewise those of one app, and those of the
 * replicas.
 */
export type Keys = {
  /** The pub/sub channel of a topic. */
  topic(appId: string, topic: string): string;
  /** Hash: members, counts and versions of a topic, and which webhooks have been raised for it. */
  state(appId: string, topic: string): string;
  /** The last event of a cache channel. */
  lastEvent(appId: string, topic: string): string;
  /** Exists while `cache_miss` of a cache channel is not raised again. */
  cacheMiss(appId: string, topic: string): string;
  /** Hash: the topics of one replica in an app, with their numbers of subscriptions. */
  registry(appId: string, replica: string): string;
  /** Sorted set: replicas by the time of their last heartbeat. */
  readonly replicas: string;
  /** Hash: the latest report of each replica. */
  readonly reports: string;
  /** Set: the apps in which a replica has topics. */
  apps(replica: string): string;
  /** Lock of the replica that removes a dead one's state. */
  reapLock(replica: string): string;
  /** Sorted set: delayed webhooks by the time when they are due. */
  readonly delayedWebhooks: string;
};

export function createKeys(prefix: string): Keys {
  // An encoded app id contains neither a brace nor a slash: it cannot end the tag, and the topic begins at the first slash.
  const appTag = (appId: string) => encodeURIComponent(appId);
  const tag = (appId: string, topic: string) => `${prefix}{${appTag(appId)}/${topic}}`;
  return {
    topic: tag,
    state: (appId, topic) => `${tag(appId, topic)}:state`,
    lastEvent: (appId, topic) => `${tag(appId, topic)}:cached`,
    cacheMiss: (appId, topic) => `${tag(appId, topic)}:missed`,
    registry: (appId, replica) => `${prefix}{${appTag(appId)}}:topics:${replica}`,
    replicas: `${prefix}{replicas}`,
    reports: `${prefix}{replicas}:reports`,
    apps: (replica) => `${prefix}{replicas}:apps:${replica}`,
    reapLock: (replica) => `${prefix}{replicas}:reaping:${replica}`,
    delayedWebhooks: `${prefix}{dues}`,
  };
}
