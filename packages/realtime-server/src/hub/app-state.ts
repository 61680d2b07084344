import type { App } from "../apps";
import type { Cluster } from "../cluster/cluster";
import type { Frame } from "../protocol/frame";
import type { Connection } from "./connection";
import { createLocalMembers, type LocalMembers } from "./local-members";
import { createLocalTopics, type LocalTopics } from "./local-topics";
import { createMembership, type Membership } from "./membership";
import { RateWindow } from "./rate-window";
import { type ClientProtocol, createTraffic, type Traffic } from "./traffic";

/** A read of a cache channel's last event under way, with a newer event that arrived meanwhile. */
export type PendingLastEventRead = { newerFrame: Frame | undefined };

/** The connections and subscriptions of one app in this process. Apps never see each other's. */
export type AppState = {
  readonly app: App;
  readonly cluster: Cluster;
  /** Connections whose transport has not ended. */
  readonly connections: Map<string, Connection>;
  readonly channels: Membership<Connection>;
  /** Signed-in sockets by user id. */
  readonly users: Membership<Connection>;
  /** Sockets by the user id that they are bound to. */
  readonly bound: Membership<Connection>;
  /** Sockets by the user id that they watch. */
  readonly watchers: Membership<Connection>;
  /** Reads of last events under way, by cache channel. */
  readonly pendingLastEventReads: Membership<PendingLastEventRead>;
  readonly topics: LocalTopics;
  readonly members: LocalMembers;
  readonly traffic: Readonly<Record<ClientProtocol, Traffic>>;
  /** Events for a channel or a user, since the start. */
  published: number;
  /** Limits the events of its publishers. */
  readonly eventRate: RateWindow;
};

export function createAppState(app: App, cluster: Cluster): AppState {
  return {
    app,
    cluster,
    connections: new Map(),
    channels: createMembership(),
    users: createMembership(),
    bound: createMembership(),
    watchers: createMembership(),
    pendingLastEventReads: createMembership(),
    topics: createLocalTopics(cluster, app.id),
    members: createLocalMembers(cluster, app.id),
    traffic: { pusher: createTraffic(), "socket.io": createTraffic() },
    published: 0,
    eventRate: new RateWindow(),
  };
}
