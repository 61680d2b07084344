import type { App } from "../apps";
import { channelKind } from "../protocol/channel-name";
import { CloseCode } from "../protocol/close-codes";
import { type Frame, memberAdded, memberRemoved, type PresenceMember } from "../protocol/frames";
import type { Bus, HubMessage } from "./bus";
import type { Connection } from "./connection";
import { createMembership, type Membership } from "./membership";
import { createPresence, type Presence } from "./presence";

/** Everything one app has open in this process. Apps never see each other's. */
type AppState = {
  connections: Map<string, Connection>;
  channels: Membership<Connection>;
  users: Membership<Connection>;
  presence: Presence;
};

export type ChannelState = { name: string; subscriptionCount: number; userCount: number };

/** `published` counts events, `delivered` counts them once for each subscriber. */
export type HubStatistics = {
  connections: number;
  channels: number;
  signedInUsers: number;
  published: number;
  delivered: number;
};

/** Who is connected, subscribed and signed in, and the ways to reach them. */
export class Hub {
  readonly #bus: Bus;
  readonly #apps = new Map<string, AppState>();
  #onEmpty: (() => void) | undefined;
  #published = 0;
  #delivered = 0;

  constructor(bus: Bus) {
    this.#bus = bus;
    bus.onMessage((message) => this.#receive(message));
  }

  #state(app: App): AppState {
    let state = this.#apps.get(app.id);
    if (state === undefined) {
      state = {
        connections: new Map(),
        channels: createMembership(),
        users: createMembership(),
        presence: createPresence(),
      };
      this.#apps.set(app.id, state);
    }
    return state;
  }

  *connections(): Generator<Connection> {
    for (const state of this.#apps.values()) yield* state.connections.values();
  }

  connectionCount(): number {
    let count = 0;
    for (const state of this.#apps.values()) count += state.connections.size;
    return count;
  }

  statistics(): HubStatistics {
    const states = [...this.#apps.values()];
    const sum = (count: (state: AppState) => number) => states.reduce((total, state) => total + count(state), 0);
    return {
      connections: this.connectionCount(),
      channels: sum((state) => [...state.channels.names()].length),
      signedInUsers: sum((state) => [...state.users.names()].length),
      published: this.#published,
      delivered: this.#delivered,
    };
  }

  add(connection: Connection): void {
    this.#state(connection.app).connections.set(connection.id, connection);
  }

  /** Forgets a closed connection and tells presence channels whose last socket it was. */
  remove(connection: Connection): void {
    for (const channel of [...connection.channels.keys()]) this.unsubscribe(connection, channel);
    this.signOut(connection);
    this.#state(connection.app).connections.delete(connection.id);
    if (this.connectionCount() === 0) this.#onEmpty?.();
  }

  /** Resolves when the last connection is gone, or after `timeoutMs`. */
  whenEmpty(timeoutMs: number): Promise<void> {
    if (this.connectionCount() === 0) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, timeoutMs);
      this.#onEmpty = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  /** Enters a channel; the others of a presence channel hear of a new user. */
  subscribe(connection: Connection, channel: string, member?: PresenceMember): void {
    const state = this.#state(connection.app);
    connection.channels.set(channel, member === undefined ? {} : { userId: member.userId });
    state.channels.add(channel, connection);
    if (member !== undefined && state.presence.join(channel, member, connection.id)) {
      this.publish(connection.app, channel, memberAdded(channel, member), connection.id);
    }
  }

  /** Leaves a channel; does nothing when the connection is not in it. */
  unsubscribe(connection: Connection, channel: string): void {
    const subscription = connection.channels.get(channel);
    if (subscription === undefined) return;
    const state = this.#state(connection.app);
    connection.channels.delete(channel);
    state.channels.remove(channel, connection);
    const { userId } = subscription;
    if (userId !== undefined && state.presence.leave(channel, userId, connection.id)) {
      this.publish(connection.app, channel, memberRemoved(channel, userId));
    }
  }

  signIn(connection: Connection, user: { id: string; info: unknown }): void {
    this.signOut(connection);
    connection.user = user;
    this.#state(connection.app).users.add(user.id, connection);
  }

  signOut(connection: Connection): void {
    if (connection.user === undefined) return;
    this.#state(connection.app).users.remove(connection.user.id, connection);
    connection.user = undefined;
  }

  /** Sends a frame to every subscriber of a channel, in every process. */
  publish(app: App, channel: string, frame: Frame, exceptSocketId?: string): void {
    this.#bus.send({ kind: "channel-frame", appId: app.id, channel, frame, exceptSocketId });
  }

  /** Sends a frame to every socket signed in as a user, in every process. */
  publishToUser(app: App, userId: string, frame: Frame, exceptSocketId?: string): void {
    this.#bus.send({ kind: "user-frame", appId: app.id, userId, frame, exceptSocketId });
  }

  /** Closes every socket signed in as a user, in every process. */
  terminateUser(app: App, userId: string): void {
    this.#bus.send({ kind: "terminate-user", appId: app.id, userId });
  }

  members(app: App, channel: string): PresenceMember[] {
    return this.#state(app).presence.members(channel);
  }

  hasMember(app: App, channel: string, userId: string): boolean {
    return this.#state(app).presence.has(channel, userId);
  }

  channel(app: App, name: string): ChannelState {
    const state = this.#state(app);
    return {
      name,
      subscriptionCount: state.channels.of(name).size,
      userCount: channelKind(name) === "presence" ? state.presence.count(name) : 0,
    };
  }

  /** The occupied channels whose names begin with `prefix`. */
  channels(app: App, prefix: string): ChannelState[] {
    return [...this.#state(app).channels.names()]
      .filter((name) => name.startsWith(prefix))
      .map((name) => this.channel(app, name));
  }

  #receive(message: HubMessage): void {
    if (message.kind !== "terminate-user") this.#published++;
    const state = this.#apps.get(message.appId);
    if (state === undefined) return;
    switch (message.kind) {
      case "channel-frame":
        this.#delivered += state.channels.of(message.channel).size;
        deliver(state.channels.of(message.channel), message);
        break;
      case "user-frame":
        this.#delivered += state.users.of(message.userId).size;
        deliver(state.users.of(message.userId), message);
        break;
      case "terminate-user":
        for (const connection of state.users.of(message.userId)) {
          connection.close({ code: CloseCode.unauthorized, message: "Connections of this user were terminated" });
        }
    }
  }
}

function deliver(
  connections: Iterable<Connection>,
  message: { frame: Frame; exceptSocketId?: string | undefined },
): void {
  for (const connection of connections) {
    if (connection.id !== message.exceptSocketId) connection.send(message.frame);
  }
}
