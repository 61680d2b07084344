import { userChannel } from "../protocol/channel-name";
import type { WatchlistEvent } from "../protocol/frames";
import type { AppState } from "./app-state";
import type { Connection, SignedInUser } from "./connection";
import { onlineAndOffline, unwatch, watch } from "./watchlist";

/**
 * Makes a connection a user's; who watches that user hears of it. A user's own connection takes over what the user says
 * now, and nobody hears of that.
 * @param user the same as before where the connection is a user's already
 * @param established hears who is online and who is not, of those that the connection did not watch before. From then
 *   on it is told of each change, so that it hears of each state once. Not called when the connection has gone meanwhile
 */
export async function signIn(
  state: AppState,
  connection: Connection,
  user: SignedInUser,
  established: (events: readonly WatchlistEvent[]) => void,
): Promise<void> {
  // The user can be sent away from here on, whatever is waited for below.
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
  established(onlineAndOffline(state, added));
}

/** Does nothing when the connection is nobody's. */
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

/** The first sign-in of a connection, as a user who watches nobody yet. */
async function enter(state: AppState, connection: Connection, user: SignedInUser): Promise<void> {
  const own = userChannel(user.id);
  const ready = state.topics.acquire(own);
  connection.user = { ...user, watchlist: [] };
  state.users.add(user.id, connection);
  await Promise.all([ready, state.members.enter(own, { userId: user.id, info: undefined }, 1)]);
}
