import { userChannel } from "../protocol/channel-name";
import { type WatchlistEvent, watchlistEvents } from "../protocol/frames";
import type { AppState } from "./app-state";
import type { Connection } from "./connection";

/** Adds users to the watchlist of a connection; this process listens to their topics already. */
export function watch(state: AppState, connection: Connection, userIds: readonly string[]): void {
  for (const id of userIds) state.watchers.add(id, connection);
}

/** Removes users from the watchlist of a connection, and releases their topics. */
export function unwatch(state: AppState, connection: Connection, userIds: readonly string[]): void {
  for (const id of userIds) {
    state.watchers.remove(id, connection);
    state.topics.release(userChannel(id));
  }
}

/** Groups users into online and offline. */
export function groupByPresence(state: AppState, userIds: readonly string[]): WatchlistEvent[] {
  const { app, cluster } = state;
  const isOnline = (id: string) => cluster.knownMembers(app.id, userChannel(id)).has(id);
  const online = userIds.filter(isOnline);
  const offline = userIds.filter((id) => !isOnline(id));
  return [
    ...(online.length > 0 ? [{ name: "online", user_ids: online } as const] : []),
    ...(offline.length > 0 ? [{ name: "offline", user_ids: offline } as const] : []),
  ];
}

/** Notifies the watchers of a user in this process that the user came or went. */
export function notifyWatchers(state: AppState, name: WatchlistEvent["name"], userId: string): void {
  const watchers = state.watchers.of(userId);
  if (watchers.size === 0) return;
  const frame = watchlistEvents([{ name, user_ids: [userId] }]);
  for (const connection of watchers) connection.send(frame);
}
