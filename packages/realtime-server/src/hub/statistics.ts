import type { AppState } from "./app-state";
import { addUp, createTraffic, type Traffic } from "./traffic";

/** Open connections of this process, and its traffic since its start. */
export type HubStatistics = Traffic & {
  /** Events for a channel or a user. */
  published: number;
  channels: number;
  signedInUsers: number;
};

export function statisticsOf({ published, channels, users, traffic }: AppState): HubStatistics {
  return {
    ...addUp(createTraffic(), Object.values(traffic)),
    published,
    channels: channels.size(),
    signedInUsers: users.size(),
  };
}

/** Adds the statistics of all apps. */
export function sumStatistics(states: Iterable<AppState>): HubStatistics {
  return addUp(
    { ...createTraffic(), published: 0, channels: 0, signedInUsers: 0 },
    [...states].map((state) => statisticsOf(state)),
  );
}
