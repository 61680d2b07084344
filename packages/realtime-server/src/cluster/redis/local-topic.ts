/** A user with a socket in this process. */
export type LocalMember = {
  readonly userId: string;
  readonly info: string;
  /** Redis has the member, so webhooks have been raised for them. */
  isPublished: boolean;
};

/** The subscriptions and members that this process has in one topic, whatever Redis knows of it. */
export type LocalTopic = {
  readonly appId: string;
  readonly name: string;
  subscriptions: number;
  /** Redis has counted a subscription, so `channel_occupied` has been raised. */
  isOccupancyPublished: boolean;
  readonly members: Map<string, LocalMember>;
  /** Published users who left while Redis was away. */
  readonly departedUserIds: Set<string>;
  /** Settles when the topic is in the registry of this replica; undefined while it is not. */
  registration: Promise<void> | undefined;
  /** Changes that Redis has not confirmed: until then the topic stays in the registry. */
  pendingChanges: number;
};

export const isInUse = ({ subscriptions, members }: LocalTopic): boolean => subscriptions > 0 || members.size > 0;

/** Local topics by app and name. */
export type LocalTopicStore = {
  get(appId: string, name: string): LocalTopic | undefined;
  getOrCreate(appId: string, name: string): LocalTopic;
  listByApp(appId: string): Iterable<LocalTopic>;
  listAll(): Iterable<LocalTopic>;
  delete(topic: LocalTopic): void;
};

export function createLocalTopicStore(): LocalTopicStore {
  const apps = new Map<string, Map<string, LocalTopic>>();

  function getOrCreate(appId: string, name: string): LocalTopic {
    const app = apps.get(appId) ?? new Map<string, LocalTopic>();
    const known = app.get(name);
    if (known !== undefined) return known;
    const topic: LocalTopic = {
      appId,
      name,
      subscriptions: 0,
      isOccupancyPublished: false,
      members: new Map(),
      departedUserIds: new Set(),
      registration: undefined,
      pendingChanges: 0,
    };
    app.set(name, topic);
    apps.set(appId, app);
    return topic;
  }

  return {
    get: (appId, name) => apps.get(appId)?.get(name),
    getOrCreate,
    listByApp: (appId) => apps.get(appId)?.values() ?? [],
    *listAll() {
      for (const app of apps.values()) yield* app.values();
    },
    delete({ appId, name }) {
      const app = apps.get(appId);
      app?.delete(name);
      if (app?.size === 0) apps.delete(appId);
    },
  };
}
