import type { App, AppRegistry } from "../apps";
import type { Cluster, MaybePromise, ReplicaReport, TopicMessage } from "../cluster/cluster";
import { createAddressCounter } from "../network/address-counter";
import { isCacheChannel, userChannel, userOfChannel } from "../protocol/channel-name";
import { CloseCode, type CloseReason } from "../protocol/close-codes";
import { type Frame, prepareFrame } from "../protocol/frame";
import {
  isClientEvent,
  memberAdded,
  memberRemoved,
  type PresenceMember,
  subscriptionCount,
  type WatchlistEvent,
  watchlistEvents,
} from "../protocol/frames";
import type { WebhookEvent, Webhooks } from "../webhooks/webhooks";
import { type AppState, type Arrival, createAppState } from "./app-state";
import type { Connection, SignedInUser } from "./connection";
import type { Outbox } from "./outbox";
import { describeReplica } from "./replica-report";
import { createSubscriptionCounts } from "./subscription-counts";
import { createTraffic, type Traffic } from "./traffic";

/** What is open in this process, and what went through it since its start. */
export type HubStatistics = Traffic & { connections: number; channels: number; signedInUsers: number };

export type Admission = "joined" | "full" | "gone";

/** Who is connected, subscribed and signed in here, and the ways to reach them and everybody in the cluster. */
export class Hub {
  readonly cluster: Cluster;
  readonly #outbox: Outbox;
  readonly #webhooks: Webhooks;
  readonly #registry: AppRegistry;
  readonly #apps = new Map<string, AppState>();
  readonly #counts = createSubscriptionCounts((...change) => this.#tellCount(...change));
  readonly #addresses = createAddressCounter();
  #connectionCount = 0;
  #onEmpty: (() => void) | undefined;

  constructor(parts: { cluster: Cluster; outbox: Outbox; webhooks: Webhooks; apps: AppRegistry }) {
    this.cluster = parts.cluster;
    this.#outbox = parts.outbox;
    this.#webhooks = parts.webhooks;
    this.#registry = parts.apps;
    parts.cluster.attach({
      message: (appId, topic, message) => this.#receive(appId, topic, message),
      memberAdded: (appId, topic, member) => this.#memberAdded(appId, topic, member),
      memberRemoved: (appId, topic, userId) => this.#memberRemoved(appId, topic, userId),
      counted: (...change) => this.#counts.counted(...change),
      raise: (appId, event) => {
        const app = this.#registry.byId(appId);
        if (app !== undefined) this.raise(app, event);
      },
      report: () => this.#report(),
    });
  }

  #state(app: App): AppState {
    let state = this.#apps.get(app.id);
    if (state === undefined) {
      state = createAppState(app, this.cluster);
      this.#apps.set(app.id, state);
    }
    return state;
  }

  *connections(): Generator<Connection> {
    for (const state of this.#apps.values()) yield* state.connections.values();
  }

  connectionCount(app?: App): number {
    return app === undefined ? this.#connectionCount : (this.#apps.get(app.id)?.connections.size ?? 0);
  }

  /** Open connections of all apps from a client's address. */
  connectionsFrom(address: string): number {
    return this.#addresses.of(address);
  }

  traffic(app: App): Traffic {
    return this.#state(app).traffic;
  }

  statisticsOf(app: App): HubStatistics {
    const { connections, channels, users, traffic } = this.#state(app);
    return { ...traffic, connections: connections.size, channels: channels.size(), signedInUsers: users.size() };
  }

  statistics(): HubStatistics {
    const sum: HubStatistics = { ...createTraffic(), connections: 0, channels: 0, signedInUsers: 0 };
    for (const { app } of this.#apps.values()) {
      const own = this.statisticsOf(app);
      for (const name of Object.keys(sum) as (keyof HubStatistics)[]) sum[name] += own[name];
    }
    return sum;
  }

  /** What every process of the cluster has of an app, this one included. */
  reports(app: App): MaybePromise<ReplicaReport[]> {
    this.#state(app);
    return this.cluster.reports(app.id);
  }

  *#report(): Generator<[string, ReplicaReport]> {
    for (const { app } of this.#apps.values()) yield [app.id, describeReplica(this.statisticsOf(app))];
  }

  add(connection: Connection): void {
    this.#state(connection.app).connections.set(connection.id, connection);
    this.#addresses.add(connection.address);
    this.#connectionCount++;
  }

  /** Takes a closed connection out of everything it was in. */
  remove(connection: Connection): void {
    if (!this.#state(connection.app).connections.delete(connection.id)) return;
    for (const channel of [...connection.channels.keys()]) this.unsubscribe(connection, channel);
    this.signOut(connection);
    this.#addresses.remove(connection.address);
    this.#connectionCount--;
    if (this.#connectionCount === 0) this.#onEmpty?.();
  }

  /** Resolves when the last connection is gone, or after `timeoutMs`. */
  whenEmpty(timeoutMs: number): Promise<void> {
    if (this.#connectionCount === 0) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, timeoutMs);
      this.#onEmpty = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  /**
   * Enters a channel. Between `established`, in which the subscriber is told, and the subscriber's first event nothing
   * is missed: both see the same order.
   * @param established hears who is present, on presence channels, and the last event, on cache channels
   */
  async subscribe(
    connection: Connection,
    channel: string,
    member: PresenceMember | undefined,
    established: (members: readonly PresenceMember[] | undefined, cached: Frame | undefined) => void,
  ): Promise<Admission> {
    const state = this.#state(connection.app);
    const ready = state.topics.acquire(channel);
    const entered =
      member === undefined || state.members.enter(channel, member, connection.app.limits.maxPresenceMembers);
    const [, isEntered] = await Promise.all([ready, entered]);
    const cached = isEntered && isCacheChannel(channel) ? await this.#lastEvent(state, channel) : undefined;
    if (!isEntered || !state.connections.has(connection.id)) {
      if (isEntered && member !== undefined) state.members.exit(channel, member.userId);
      state.topics.release(channel);
      return isEntered ? "gone" : "full";
    }
    connection.channels.set(channel, member === undefined ? {} : { userId: member.userId });
    state.channels.add(channel, connection);
    established(member && [...this.cluster.present(connection.app.id, channel).values()], cached);
    this.cluster.count(connection.app.id, channel, state.channels.of(channel).size);
    return "joined";
  }

  /** The last event of a cache channel, or a later one that arrives while that is read. */
  async #lastEvent(state: AppState, channel: string): Promise<Frame | undefined> {
    const arrival: Arrival = { frame: undefined };
    state.arrivals.add(channel, arrival);
    const cached = await this.cluster.recall(state.app.id, channel);
    // It may still be on its way here as an event, and would come a second time.
    if (cached !== undefined) await this.cluster.settle(state.app.id, channel);
    state.arrivals.remove(channel, arrival);
    return arrival.frame ?? (cached && prepareFrame(cached.json));
  }

  /** Leaves a channel; does nothing when the connection is not in it. */
  unsubscribe(connection: Connection, channel: string): void {
    const subscription = connection.channels.get(channel);
    if (subscription === undefined) return;
    const state = this.#state(connection.app);
    connection.channels.delete(channel);
    state.channels.remove(channel, connection);
    if (subscription.userId !== undefined) state.members.exit(channel, subscription.userId);
    this.cluster.count(connection.app.id, channel, state.channels.of(channel).size);
    state.topics.release(channel);
  }

  /**
   * Makes a connection a user's; who watches that user hears of it.
   * @returns the watchlist's beginning: who of it is online and who is not
   */
  async signIn(connection: Connection, user: SignedInUser): Promise<WatchlistEvent[]> {
    this.signOut(connection);
    const state = this.#state(connection.app);
    const own = userChannel(user.id);
    const watched = user.watchlist.map(userChannel);
    const ready = [own, ...watched].map((topic) => state.topics.acquire(topic));
    connection.user = user;
    state.users.add(user.id, connection);
    for (const id of user.watchlist) state.watchers.add(id, connection);
    const entered = state.members.enter(own, { userId: user.id, info: undefined }, 1);
    await Promise.all([...ready, entered]);
    const isOnline = (id: string) => this.cluster.present(connection.app.id, userChannel(id)).has(id);
    const online = user.watchlist.filter(isOnline);
    const offline = user.watchlist.filter((id) => !isOnline(id));
    return [
      ...(online.length > 0 ? [{ name: "online", user_ids: online } as const] : []),
      ...(offline.length > 0 ? [{ name: "offline", user_ids: offline } as const] : []),
    ];
  }

  signOut(connection: Connection): void {
    const { user } = connection;
    if (user === undefined) return;
    const state = this.#state(connection.app);
    connection.user = undefined;
    state.users.remove(user.id, connection);
    state.members.exit(userChannel(user.id), user.id);
    for (const id of user.watchlist) {
      state.watchers.remove(id, connection);
      state.topics.release(userChannel(id));
    }
    state.topics.release(userChannel(user.id));
  }

  /**
   * Sends a frame to every subscriber of a channel, or to every socket of the user that `#server-to-user-{id}` stands
   * for, in every process. Resolves when a later publish cannot overtake it.
   */
  publish(
    app: App,
    topic: string,
    frame: Frame,
    options: { exceptSocketId?: string | undefined; madeAt?: number | undefined } = {},
  ): MaybePromise<void> {
    this.#state(app).traffic.published++;
    return this.cluster.publish(app.id, topic, { kind: "event", frame, ...options });
  }

  /** Sends a frame to the subscribers in this process alone. */
  deliver(
    app: App,
    topic: string,
    frame: Frame,
    options: { exceptSocketId?: string | undefined; madeAt?: number },
  ): void {
    this.#state(app).traffic.published++;
    this.#receive(app.id, topic, { kind: "event", frame, ...options });
  }

  /** Whether publishers of an app may send so many more events in this second; counts them when they may. */
  mayPublish(app: App, count: number): boolean {
    const { maxEventsPerSecond } = app.limits;
    return maxEventsPerSecond === 0 || this.#state(app).eventRate.take(Date.now(), maxEventsPerSecond, count);
  }

  /** Closes every socket signed in as a user, in every process. */
  terminateUser(app: App, userId: string): MaybePromise<void> {
    return this.cluster.publish(app.id, userChannel(userId), { kind: "terminate" });
  }

  /** Sends every client of an app in this process away. */
  closeApp(app: App, reason: CloseReason): void {
    for (const connection of [...this.#state(app).connections.values()]) connection.close(reason);
  }

  raise(app: App, event: WebhookEvent): void {
    if (app.webhooks.length > 0) this.#webhooks.raise(app, event);
  }

  /** Tells webhooks that a cache channel has nothing; a thousand subscribers at once are one telling. */
  async raiseMiss(app: App, channel: string): Promise<void> {
    if (app.webhooks.length === 0) return;
    if (await this.cluster.claimMiss(app.id, channel)) this.raise(app, { name: "cache_miss", channel });
  }

  stop(): void {
    this.#counts.stop();
  }

  #receive(appId: string, topic: string, message: TopicMessage): void {
    const state = this.#apps.get(appId);
    if (state === undefined) return;
    const userId = userOfChannel(topic);
    const connections = userId === undefined ? state.channels.of(topic) : state.users.of(userId);
    if (message.kind === "terminate") {
      const reason = { code: CloseCode.unauthorized, message: "Connections of this user were terminated" };
      for (const connection of [...connections]) connection.close(reason);
      return;
    }
    for (const arrival of state.arrivals.of(topic)) {
      if (!isClientEvent(message.frame)) arrival.frame = message.frame;
    }
    for (const connection of connections) {
      if (connection.id === message.exceptSocketId) continue;
      connection.send(message.frame);
      state.traffic.delivered++;
    }
    this.#outbox.stamp(message.madeAt ?? performance.now());
  }

  #memberAdded(appId: string, topic: string, member: PresenceMember): void {
    const userId = userOfChannel(topic);
    if (userId !== undefined) this.#tellWatchers(appId, "online", userId);
    else this.#tellMembers(appId, topic, member.userId, memberAdded(topic, member));
  }

  #memberRemoved(appId: string, topic: string, removed: string): void {
    const userId = userOfChannel(topic);
    if (userId !== undefined) this.#tellWatchers(appId, "offline", userId);
    else this.#tellMembers(appId, topic, removed, memberRemoved(topic, removed));
  }

  /** Nobody is told of their own coming, from whichever process the news comes. */
  #tellMembers(appId: string, channel: string, about: string, frame: Frame): void {
    for (const connection of this.#apps.get(appId)?.channels.of(channel) ?? []) {
      if (connection.channels.get(channel)?.userId !== about) connection.send(frame);
    }
  }

  #tellWatchers(appId: string, name: WatchlistEvent["name"], userId: string): void {
    const watchers = this.#apps.get(appId)?.watchers.of(userId);
    if (watchers === undefined || watchers.size === 0) return;
    const frame = watchlistEvents([{ name, user_ids: [userId] }]);
    for (const connection of watchers) connection.send(frame);
  }

  #tellCount(appId: string, channel: string, total: number, isOwner: boolean): void {
    const state = this.#apps.get(appId);
    if (state === undefined) return;
    const subscribers = state.channels.of(channel);
    if (subscribers.size > 0) {
      const frame = subscriptionCount(channel, total);
      for (const connection of subscribers) connection.send(frame);
    }
    if (isOwner) this.raise(state.app, { name: "subscription_count", channel, subscription_count: total });
  }
}
