import type { Binding, BindingResult } from "../hub/binding";
import type { Frame } from "../protocol/frame";
import type { PresenceMember } from "../protocol/frames";
import type { WebhookEvent } from "../webhooks/webhooks";

export type MaybePromise<T> = T | Promise<T>;

/** What is published on a topic: an event for its subscribers, or the order to close a user's sockets. */
export type TopicMessage =
  | {
      kind: "event";
      frame: Frame;
      exceptSocketId?: string | undefined;
      /** `performance.now()` when this process made it; unset on what came from another. */
      madeAt?: number | undefined;
      /** Set when it becomes the last event of its cache channel: its data. Kept and sent in one step. */
      cachedData?: string | undefined;
    }
  | { kind: "terminate" };

/** A channel as the whole cluster sees it. */
export type ChannelState = { name: string; subscriptionCount: number; userCount: number };

/** The last event of a cache channel: its whole JSON, and its data alone. */
export type LastEvent = { json: string; data: string };

/** The same, and for how long it is kept. */
export type CachedEvent = LastEvent & { ttlSeconds: number };

/** What one process tells of itself and of one app, by name. */
export type ReplicaReport = Readonly<Record<string, number | string>>;

/** `unknown` when a process that may have the socket did not answer. */
export type ClusterBindingResult = BindingResult | "unknown";

/** What a process hears of the cluster; all of one topic in the same order in every process. */
export type ClusterReceiver = {
  message(appId: string, topic: string, message: TopicMessage): void;
  /** A user is now present who was not, with the first socket in any process. */
  memberAdded(appId: string, topic: string, member: PresenceMember): void;
  /** A user's last socket in any process is gone. */
  memberRemoved(appId: string, topic: string, userId: string): void;
  /** The number of subscriptions of a channel in all processes. `isOwner` in the one whose subscription changed it. */
  counted(appId: string, channel: string, total: number, isOwner: boolean): void;
  /** A change that webhooks tell; called in one process of the cluster. */
  raise(appId: string, event: WebhookEvent): void;
  /** What this process has and did of each app, for `reports`. */
  report(): Iterable<readonly [appId: string, report: ReplicaReport]>;
  /** Binds a socket of this process. */
  bind(appId: string, socketId: string, binding: Binding): MaybePromise<BindingResult>;
};

/**
 * What the processes of a cluster share. A topic is a channel, or the `#server-to-user-{id}` of a signed-in user, in
 * which that user is the only member. What a call orders happens in the order of the calls.
 */
export type Cluster = {
  /** Called once, before anything else. */
  attach(receiver: ClusterReceiver): void;
  start(): Promise<void>;
  /** Takes this process's members and subscriptions out of the cluster. */
  stop(): Promise<void>;
  /** Receives a topic from now on. Resolves when nothing published or joined afterwards is missed. */
  listen(appId: string, topic: string): MaybePromise<void>;
  unlisten(appId: string, topic: string): void;
  /** Reaches every listening process once, this one included. Resolves when the order of messages is settled. */
  publish(appId: string, topic: string, message: TopicMessage): MaybePromise<void>;
  /** Resolves when everything published before, on one topic or on all, has been delivered here. */
  settle(appId?: string, topic?: string): MaybePromise<void>;
  /**
   * Enters a user with the first socket of this process.
   * @param limit distinct users the topic may have
   * @returns false when it is full
   */
  join(appId: string, topic: string, member: PresenceMember, limit: number): MaybePromise<boolean>;
  /** The user's last socket in this process is gone. */
  leave(appId: string, topic: string, userId: string): void;
  /** Who is present in a topic that this process listens to, by user id. */
  present(appId: string, topic: string): ReadonlyMap<string, PresenceMember>;
  /** Tells how many subscriptions a channel has in this process. */
  count(appId: string, channel: string, subscriptions: number): void;
  channel(appId: string, name: string): MaybePromise<ChannelState>;
  /** The occupied channels whose names begin with `prefix`. */
  channels(appId: string, prefix: string): MaybePromise<ChannelState[]>;
  /** Who is present in any presence channel, listened to or not. */
  members(appId: string, channel: string): MaybePromise<PresenceMember[]>;
  /** Keeps the last event of a cache channel that is sent in another way than by `publish`. */
  remember(appId: string, channel: string, event: LastEvent): void;
  /** @returns undefined when nothing is kept, or no more */
  recall(appId: string, channel: string): MaybePromise<CachedEvent | undefined>;
  /** Whether webhooks have to tell that a cache channel has nothing: once in a while, by one process. */
  claimMiss(appId: string, channel: string): MaybePromise<boolean>;
  /** Binds a socket in the process that has it; resolves when no order to close it is missed any more. */
  bind(appId: string, socketId: string, binding: Binding): MaybePromise<ClusterBindingResult>;
  /** What every process that serves an app told of itself last, a second or two ago. */
  reports(appId: string): MaybePromise<ReplicaReport[]>;
};
