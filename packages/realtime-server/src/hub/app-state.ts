import type { App } from "../apps";
import type { Cluster } from "../cluster/cluster";
import type { Frame } from "../protocol/frame";
import type { Connection } from "./connection";
import { createLocalMembers, type LocalMembers } from "./local-members";
import { createLocalTopics, type LocalTopics } from "./local-topics";
import { createMembership, type Membership } from "./membership";
import { RateWindow } from "./rate-window";
import { createTraffic, type Traffic } from "./traffic";

/** The newest event of a cache channel that came while its last one is looked up. */
export type Arrival = { frame: Frame | undefined };

/** Everything one app has open in this process. Apps never see each other's. */
export type AppState = {
  readonly app: App;
  readonly cluster: Cluster;
  /** Those whose transport has not ended. */
  readonly connections: Map<string, Connection>;
  /** How many of them have departed. */
  departed: number;
  readonly channels: Membership<Connection>;
  /** Signed-in sockets by user id. */
  readonly users: Membership<Connection>;
  /** Sockets by the user id that they are bound to. */
  readonly bound: Membership<Connection>;
  /** Sockets by the user id that they watch. */
  readonly watchers: Membership<Connection>;
  /** Who waits for the last event of a cache channel. */
  readonly arrivals: Membership<Arrival>;
  readonly topics: LocalTopics;
  readonly members: LocalMembers;
  readonly traffic: Traffic;
  /** What its publishers send. */
  readonly eventRate: RateWindow;
};

export function createAppState(app: App, cluster: Cluster): AppState {
  return {
    app,
    cluster,
    connections: new Map(),
    departed: 0,
    channels: createMembership(),
    users: createMembership(),
    bound: createMembership(),
    watchers: createMembership(),
    arrivals: createMembership(),
    topics: createLocalTopics(cluster, app.id),
    members: createLocalMembers(cluster, app.id),
    traffic: createTraffic(),
    eventRate: new RateWindow(),
  };
}
