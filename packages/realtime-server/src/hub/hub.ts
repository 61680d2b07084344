import type { App, AppRegistry } from "../apps";
import type { Cluster, ClusterBindingResult, MaybePromise, ReplicaReport, TopicMessage } from "../cluster/cluster";
import { createAddressCounter } from "../network/address-counter";
import { userChannel, userOfChannel } from "../protocol/channel-name";
import { CloseCode, type CloseReason } from "../protocol/close-codes";
import type { Frame } from "../protocol/frame";
import type { PresenceMember, WatchlistEvent } from "../protocol/frames";
import type { WebhookEvent, Webhooks } from "../webhooks/webhooks";
import { type AppState, createAppState } from "./app-state";
import type { Binding, BindingResult } from "./binding";
import { bindSocket, unbindSocket } from "./bindings";
import type { Connection, SignedInUser } from "./connection";
import type { FlushScheduler } from "./flush-scheduler";
import { overridePendingReads } from "./last-event";
import { sendMemberAdded, sendMemberRemoved, sendSubscriptionCount } from "./membership-events";
import { describeReplica } from "./replica-report";
import { signIn, signOut } from "./sign-in";
import { type HubStatistics, statisticsOf, sumStatistics } from "./statistics";
import { type SubscribeResult, subscribe, unsubscribe } from "./subscription";
import { createSubscriptionCounts } from "./subscription-counts";
import { addUp, type ClientProtocol, createTraffic, type Traffic } from "./traffic";
import { notifyWatchers } from "./watchlist";

const TERMINATION = { code: CloseCode.unauthorized, message: "Connections of this user were terminated" };
const REAUTHORIZATION = { code: CloseCode.reconnect, message: "Rights of this user have changed: authorize again" };

/** The connections of this process by app, channel and user, and the calls that reach them in the whole cluster. */
export class Hub {
  readonly cluster: Cluster;
  readonly #flushScheduler: FlushScheduler;
  readonly #webhooks: Webhooks;
  readonly #registry: AppRegistry;
  readonly #apps = new Map<string, AppState>();
  readonly #counts = createSubscriptionCounts((...change) => this.#counted(...change));
  readonly #addresses = createAddressCounter();
  #connectionCount = 0;
  #onEmpty: (() => void) | undefined;

  constructor(parts: { cluster: Cluster; flushScheduler: FlushScheduler; webhooks: Webhooks; apps: AppRegistry }) {
    this.cluster = parts.cluster;
    this.#flushScheduler = parts.flushScheduler;
    this.#webhooks = parts.webhooks;
    this.#registry = parts.apps;
    parts.cluster.attach({
      onMessage: (appId, topic, message) => this.#receive(appId, topic, message),
      onMemberAdded: (appId, topic, member) => this.#memberAdded(appId, topic, member),
      onMemberRemoved: (appId, topic, userId) => this.#memberRemoved(appId, topic, userId),
      onSubscriptionCount: (...change) => this.#counts.update(...change),
      raiseWebhook: (appId, event) => {
        const app = this.#registry.byId(appId);
        if (app !== undefined) this.raise(app, event);
      },
      collectReports: () => this.#report(),
      bindSocket: (appId, socketId, binding) => this.#bind(appId, socketId, binding),
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

  /** Counts the connections of an app that have not departed; without an app all that have a transport, which use memory. */
  connectionCount(app?: App): number {
    if (app === undefined) return this.#connectionCount;
    const state = this.#apps.get(app.id);
    return state === undefined ? 0 : statisticsOf(state).connections;
  }

  /** Open connections of all apps from a client's address. */
  connectionsFrom(address: string): number {
    return this.#addresses.of(address);
  }

  traffic(app: App, protocol: ClientProtocol): Traffic {
    return this.#state(app).traffic[protocol];
  }

  /** Adds the traffic of all apps with the clients of one protocol. */
  trafficBy(protocol: ClientProtocol): Traffic {
    return addUp(
      createTraffic(),
      [...this.#apps.values()].map(({ traffic }) => traffic[protocol]),
    );
  }

  statisticsOf(app: App): HubStatistics {
    return statisticsOf(this.#state(app));
  }

  statistics(): HubStatistics {
    return sumStatistics(this.#apps.values());
  }

  /** Lists the reports of every process of the cluster for an app, this one included. */
  reports(app: App): MaybePromise<ReplicaReport[]> {
    this.#state(app);
    return this.cluster.listReports(app.id);
  }

  *#report(): Generator<[string, ReplicaReport]> {
    for (const state of this.#apps.values()) yield [state.app.id, describeReplica(statisticsOf(state))];
  }

  add(connection: Connection): void {
    const { connections, traffic } = this.#state(connection.app);
    connections.set(connection.id, connection);
    traffic[connection.protocol].connections++;
    this.#addresses.add(connection.address);
    this.#connectionCount++;
  }

  /** Removes a closing connection from its channels, its user and its bindings. Does nothing when it has departed already. */
  depart(connection: Connection): void {
    if (connection.hasDeparted) return;
    const state = this.#state(connection.app);
    connection.hasDeparted = true;
    state.traffic[connection.protocol].connections--;
    for (const channel of [...connection.channels.keys()]) unsubscribe(state, connection, channel);
    signOut(state, connection);
    unbindSocket(state, connection);
  }

  /** Removes a connection whose transport has ended. Safe to call twice. */
  remove(connection: Connection): void {
    const state = this.#state(connection.app);
    if (!state.connections.has(connection.id)) return;
    this.depart(connection);
    state.connections.delete(connection.id);
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

  /** As `subscribe` of subscription.ts. */
  subscribe(
    connection: Connection,
    channel: string,
    member: PresenceMember | undefined,
    established: (members: readonly PresenceMember[] | undefined, cached: Frame | undefined) => void,
  ): Promise<SubscribeResult> {
    return subscribe(this.#state(connection.app), connection, channel, member, established);
  }

  /** Leaves a channel; does nothing when the connection is not in it. */
  unsubscribe(connection: Connection, channel: string): void {
    unsubscribe(this.#state(connection.app), connection, channel);
  }

  /** As `signIn` of sign-in.ts. */
  signIn(
    connection: Connection,
    user: SignedInUser,
    established: (events: readonly WatchlistEvent[]) => void,
  ): Promise<void> {
    return signIn(this.#state(connection.app), connection, user, established);
  }

  /**
   * Sends a frame to every subscriber of a channel in every process; the channel `#server-to-user-{id}` reaches every socket
   * of a user. Resolves when a later publish cannot overtake it.
   */
  publish(
    app: App,
    topic: string,
    frame: Frame,
    options: Omit<Extract<TopicMessage, { kind: "event" }>, "kind" | "frame"> = {},
  ): MaybePromise<void> {
    this.#state(app).published++;
    return this.cluster.publish(app.id, topic, { kind: "event", frame, ...options });
  }

  /** Sends a frame to the subscribers in this process alone. */
  deliver(
    app: App,
    topic: string,
    frame: Frame,
    options: { exceptSocketId?: string | undefined; publishedAt?: number },
  ): void {
    this.#state(app).published++;
    this.#receive(app.id, topic, { kind: "event", frame, ...options });
  }

  /** Counts events of an app's publishers. @returns false, and counts none, when they exceed the limit of this second */
  countPublished(app: App, count: number): boolean {
    const { maxEventsPerSecond } = app.limits;
    return maxEventsPerSecond === 0 || this.#state(app).eventRate.take(Date.now(), maxEventsPerSecond, count);
  }

  /** As `bindSocket` of bindings.ts, in whichever process has the socket. */
  bindSocket(app: App, socketId: string, binding: Binding): MaybePromise<ClusterBindingResult> {
    return this.cluster.bindSocket(app.id, socketId, binding);
  }

  /** Closes every socket signed in as a user or bound to one, in every process. */
  terminateUser(app: App, userId: string): MaybePromise<void> {
    return this.cluster.publish(app.id, userChannel(userId), { kind: "terminate" });
  }

  /** Sends these sockets away with 4200: their clients come back at once, and ask for each of their channels again. */
  reauthorizeUser(app: App, userId: string): MaybePromise<void> {
    return this.cluster.publish(app.id, userChannel(userId), { kind: "terminate", mayReturn: true });
  }

  /** Closes every connection of an app in this process. */
  closeApp(app: App, reason: CloseReason): void {
    for (const connection of [...this.#state(app).connections.values()]) connection.close(reason);
  }

  raise(app: App, event: WebhookEvent): void {
    if (app.webhooks.length > 0) this.#webhooks.raise(app, event);
  }

  /** Raises `cache_miss` for a channel without a last event; once for many subscribers at a time. */
  async raiseCacheMiss(app: App, channel: string): Promise<void> {
    if (app.webhooks.length === 0) return;
    if (await this.cluster.claimCacheMiss(app.id, channel)) this.raise(app, { name: "cache_miss", channel });
  }

  stop(): void {
    this.#counts.stop();
  }

  #bind(appId: string, socketId: string, binding: Binding): MaybePromise<BindingResult> {
    const state = this.#apps.get(appId);
    return state === undefined ? "absent" : bindSocket(state, socketId, binding);
  }

  #receive(appId: string, topic: string, message: TopicMessage): void {
    const state = this.#apps.get(appId);
    if (state === undefined) return;
    const userId = userOfChannel(topic);
    const connections = userId === undefined ? state.channels.of(topic) : state.users.of(userId);
    if (message.kind === "terminate") {
      const reason = message.mayReturn ? REAUTHORIZATION : TERMINATION;
      const bound = userId === undefined ? [] : state.bound.of(userId);
      for (const connection of new Set([...connections, ...bound])) connection.close(reason);
      return;
    }
    overridePendingReads(state, topic, message.frame);
    for (const connection of connections) {
      if (connection.id === message.exceptSocketId) continue;
      connection.send(message.frame);
      state.traffic[connection.protocol].delivered++;
    }
    this.#flushScheduler.recordEvent(message.publishedAt ?? performance.now());
  }

  #memberAdded(appId: string, topic: string, member: PresenceMember): void {
    const state = this.#apps.get(appId);
    if (state === undefined) return;
    const userId = userOfChannel(topic);
    if (userId === undefined) sendMemberAdded(state, topic, member);
    else notifyWatchers(state, "online", userId);
  }

  #memberRemoved(appId: string, topic: string, removed: string): void {
    const state = this.#apps.get(appId);
    if (state === undefined) return;
    const userId = userOfChannel(topic);
    if (userId === undefined) sendMemberRemoved(state, topic, removed);
    else notifyWatchers(state, "offline", userId);
  }

  #counted(appId: string, channel: string, total: number, isOwner: boolean): void {
    const state = this.#apps.get(appId);
    if (state === undefined) return;
    sendSubscriptionCount(state, channel, total);
    if (isOwner) this.raise(state.app, { name: "subscription_count", channel, subscription_count: total });
  }
}
