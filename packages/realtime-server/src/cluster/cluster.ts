import type { Binding, BindingResult } from "../hub/binding";
import type { Frame } from "../protocol/frame";
import type { PresenceMember } from "../protocol/frames";
import type { WebhookEvent } from "../webhooks/webhooks";

export type MaybePromise<T> = T | Promise<T>;

/**
 * A message on a topic: an event for its subscribers, or the order to close a user's sockets. `mayReturn`: they come back at once, and ask for
 * each of their channels again.
 */
export type TopicMessage =
  | {
      kind: "event";
      frame: Frame;
      exceptSocketId?: string | undefined;
      /** `performance.now()` when this process received it; unset on a message of another process. */
      publishedAt?: number | undefined;
      /** The event's data, set when the event becomes the last event of its cache channel. It is stored and sent in one step. */
      cachedData?: string | undefined;
    }
  | { kind: "terminate"; mayReturn?: boolean };

/** A channel as the whole cluster sees it. */
export type ChannelState = { name: string; subscriptionCount: number; userCount: number };

/** The last event of a cache channel: its whole JSON, and its data alone. */
export type LastEvent = { json: string; data: string };

/** A last event and the time that it is still stored. */
export type CachedEvent = LastEvent & { ttlSeconds: number };

/** Statistics of one process for one app, by name. */
export type ReplicaReport = Readonly<Record<string, number | string>>;

/** `unknown` when a process that may have the socket did not answer. */
export type ClusterBindingResult = BindingResult | "unknown";

/** Callbacks of the cluster into a process. Those of one topic come in the same order in every process. */
export type ClusterReceiver = {
  onMessage(appId: string, topic: string, message: TopicMessage): void;
  /** A user's first socket in any process has joined. */
  onMemberAdded(appId: string, topic: string, member: PresenceMember): void;
  /** A user's last socket in any process has left. */
  onMemberRemoved(appId: string, topic: string, userId: string): void;
  /** The number of subscriptions of a channel in all processes has changed. `isOwner` in the process that changed it. */
  onSubscriptionCount(appId: string, channel: string, total: number, isOwner: boolean): void;
  /** Raises a webhook event; called in one process of the cluster. */
  raiseWebhook(appId: string, event: WebhookEvent): void;
  /** Statistics of this process for each app, for `listReports`. */
  collectReports(): Iterable<readonly [appId: string, report: ReplicaReport]>;
  /** Binds a socket of this process. */
  bindSocket(appId: string, socketId: string, binding: Binding): MaybePromise<BindingResult>;
};

/**
 * The state that the processes of a cluster share. A topic is a channel, or the `#server-to-user-{id}` of a signed-in user,
 * in which that user is the only member. Calls take effect in their order.
 */
export type Cluster = {
  /** Called once, before anything else. */
  attach(receiver: ClusterReceiver): void;
  start(): Promise<void>;
  /** Removes this process's members and subscriptions from the cluster. */
  stop(): Promise<void>;
  /** Subscribes to a topic. Resolves when this process receives everything that is published or joined afterwards. */
  listen(appId: string, topic: string): MaybePromise<void>;
  unlisten(appId: string, topic: string): void;
  /** Reaches every listening process once, this one included. Resolves when no later message can overtake it. */
  publish(appId: string, topic: string, message: TopicMessage): MaybePromise<void>;
  /** Resolves when this process has delivered everything published before, on one topic or on all. */
  waitForDelivery(appId?: string, topic?: string): MaybePromise<void>;
  /**
   * Adds a member with the user's first socket in this process.
   * @param limit distinct users the topic may have
   * @returns false when the topic is full
   */
  join(appId: string, topic: string, member: PresenceMember, limit: number): MaybePromise<boolean>;
  /** Removes a member after the user's last socket in this process. */
  leave(appId: string, topic: string, userId: string): void;
  /** The members of a topic that this process listens to, by user id. */
  knownMembers(appId: string, topic: string): ReadonlyMap<string, PresenceMember>;
  /** Sets the number of subscriptions that a channel has in this process. */
  setSubscriptionCount(appId: string, channel: string, subscriptions: number): void;
  getChannel(appId: string, name: string): MaybePromise<ChannelState>;
  /** The occupied channels whose names begin with `prefix`. */
  listChannels(appId: string, prefix: string): MaybePromise<ChannelState[]>;
  /** The members of any presence channel, listened to or not. */
  listMembers(appId: string, channel: string): MaybePromise<PresenceMember[]>;
  /** Stores the last event of a cache channel that is sent in another way than by `publish`. */
  setLastEvent(appId: string, channel: string, event: LastEvent): void;
  /** @returns undefined when there is no last event, or it has expired */
  getLastEvent(appId: string, channel: string): MaybePromise<CachedEvent | undefined>;
  /** Whether this process has to raise `cache_miss` for a channel: one process does, once in `CACHE_MISS_SUPPRESSION_MS`. */
  claimCacheMiss(appId: string, channel: string): MaybePromise<boolean>;
  /** Binds a socket in the process that has it. Resolves when that process receives every later order to close it. */
  bindSocket(appId: string, socketId: string, binding: Binding): MaybePromise<ClusterBindingResult>;
  /** The latest report of every process that serves an app, a second or two old. */
  listReports(appId: string): MaybePromise<ReplicaReport[]>;
};
