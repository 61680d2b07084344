import { userChannel } from "../protocol/channel-name";
import type { WatchlistEvent } from "../protocol/frames";
import type { AppState } from "./app-state";
import type { Connection, SignedInUser } from "./connection";
import { groupByPresence, unwatch, watch } from "./watchlist";

/**
 * Signs a connection in as a user and notifies the watchers of that user. A second sign-in of the same user replaces the
 * user's info and watchlist, without a notification.
 * @param user the user of the connection, where it is signed in already
 * @param onEstablished gets the online and offline users of the new part of the watchlist. The connection is notified of
 *   every later change, so that it gets each state once. Not called when the connection has gone meanwhile
 */
export async function signIn(
  state: AppState,
  connection: Connection,
  user: SignedInUser,
  onEstablished: (events: readonly WatchlistEvent[]) => void,
): Promise<void> {
  // From here on an order to close the sockets of this user reaches the connection, while the rest is awaited.
  const entered = connection.user === undefined ? enter(state, connection, user) : undefined;
  const before = connection.user;
  const watched = new Set(before?.watchlist);
  const wanted = new Set(user.watchlist);
  const added = [...wanted].filter((id) => !watched.has(id));
  const dropped = [...watched].filter((id) => !wanted.has(id));
  await Promise.all([entered, ...added.map((id) => state.topics.acquire(userChannel(id)))]);
  if (connection.user !== before) {
    for (const id of added) state.topics.release(userChannel(id));
    return;
  }
  unwatch(state, connection, dropped);
  watch(state, connection, added);
  connection.user = user;
  onEstablished(groupByPresence(state, added));
}

/** Signs a connection out; does nothing when it is not signed in. */
export function signOut(state: AppState, connection: Connection): void {
  const { user } = connection;
  if (user === undefined) return;
  const own = userChannel(user.id);
  connection.user = undefined;
  state.users.remove(user.id, connection);
  state.members.exit(own, user.id);
  unwatch(state, connection, user.watchlist);
  state.topics.release(own);
}

/** Adds a connection to a user, with an empty watchlist. */
async function enter(state: AppState, connection: Connection, user: SignedInUser): Promise<void> {
  const own = userChannel(user.id);
  const ready = state.topics.acquire(own);
  connection.user = { ...user, watchlist: [] };
  state.users.add(user.id, connection);
  await Promise.all([ready, state.members.enter(own, { userId: user.id, info: undefined }, 1)]);
}
