/**
 * Names in Redis. What belongs to one topic is in one slot of a Redis Cluster (its hash tag), so that a script changes
 * and announces it in one step; likewise what belongs to one app, and what belongs to the replicas.
 */
export type Keys = {
  /** The pub/sub channel of a topic. */
  topic(appId: string, topic: string): string;
  /** Members, counts, versions and what webhooks told of a topic. */
  state(appId: string, topic: string): string;
  /** The last event of a cache channel. */
  cached(appId: string, topic: string): string;
  /** Whether a cache channel's miss has been told of late. */
  missed(appId: string, topic: string): string;
  /** What one replica has of an app: its number of subscriptions by topic. */
  registry(appId: string, replica: string): string;
  /** Replicas by the time of their last heartbeat. */
  readonly replicas: string;
  /** What each replica tells of itself. */
  readonly reports: string;
  /** The apps of which a replica has anything. */
  apps(replica: string): string;
  /** Who takes a dead replica's state away. */
  reaping(replica: string): string;
  /** Ends that webhooks tell when their time has come. */
  readonly dues: string;
};

export function createKeys(prefix: string): Keys {
  // An app id cannot end a tag, and the first slash is where the topic begins.
  const appTag = (appId: string) => encodeURIComponent(appId);
  const tag = (appId: string, topic: string) => `${prefix}{${appTag(appId)}/${topic}}`;
  return {
    topic: tag,
    state: (appId, topic) => `${tag(appId, topic)}:state`,
    cached: (appId, topic) => `${tag(appId, topic)}:cached`,
    missed: (appId, topic) => `${tag(appId, topic)}:missed`,
    registry: (appId, replica) => `${prefix}{${appTag(appId)}}:topics:${replica}`,
    replicas: `${prefix}{replicas}`,
    reports: `${prefix}{replicas}:reports`,
    apps: (replica) => `${prefix}{replicas}:apps:${replica}`,
    reaping: (replica) => `${prefix}{replicas}:reaping:${replica}`,
    dues: `${prefix}{dues}`,
  };
}
