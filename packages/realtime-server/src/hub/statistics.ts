import type { AppState } from "./app-state";
import { createTraffic, type Traffic } from "./traffic";

/** Open connections of this process, and its traffic since its start. */
export type HubStatistics = Traffic & { connections: number; channels: number; signedInUsers: number };

export function statisticsOf({ connections, departed, channels, users, traffic }: AppState): HubStatistics {
  return {
    ...traffic,
    connections: connections.size - departed,
    channels: channels.size(),
    signedInUsers: users.size(),
  };
}

/** Adds the statistics of all apps. */
export function sumStatistics(states: Iterable<AppState>): HubStatistics {
  const sum: HubStatistics = { ...createTraffic(), connections: 0, channels: 0, signedInUsers: 0 };
  for (const state of states) {
    const own = statisticsOf(state);
    for (const name of Object.keys(sum) as (keyof HubStatistics)[]) sum[name] += own[name];
  }
  return sum;
}
