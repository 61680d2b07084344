import { userChannel } from "../protocol/channel-name";
import type { AppState } from "./app-state";
import type { Binding, BindingResult } from "./binding";
import type { Connection } from "./connection";

/** Users that one socket may be bound to. */
export const MAX_BINDINGS = 64;
/** Channels that one request mutes. */
export const MAX_MUTED_CHANNELS = 100;

/**
 * Binds a socket of this process to users. Unlike a sign-in, a binding does not deliver their events or make them online.
 * Binding a user again replaces the time.
 * @returns `bound` when this process receives every later order to close the sockets of these users; `absent` when there is
 *   no such socket here; `full` when it would be bound to more than `MAX_BINDINGS` users
 */
export async function bindSocket(
  state: AppState,
  socketId: string,
  { userIds, expiresAt, mutedChannels }: Binding,
): Promise<BindingResult> {
  const connection = state.connections.get(socketId);
  if (connection === undefined || connection.hasDeparted) return "absent";
  const bindings = connection.bindings ?? new Map<string, number>();
  const ids = [...new Set(userIds)];
  const added = ids.filter((id) => !bindings.has(id));
  if (bindings.size + added.length > MAX_BINDINGS) return "full";
  connection.bindings = bindings;
  mute(connection, mutedChannels);
  for (const id of ids) bindings.set(id, expiresAt);
  for (const id of added) state.bound.add(id, connection);
  // An earlier binding of a user may still be subscribing, so this one waits for known users too.
  const ready = ids.map((id) => state.topics.acquire(userChannel(id)));
  const known = ids.filter((id) => !added.includes(id));
  await Promise.all(ready);
  for (const id of known) state.topics.release(userChannel(id));
  return connection.hasDeparted ? "absent" : "bound";
}

/** Adds muted channels; the set is limited, and drops those that were named first. */
function mute(connection: Connection, channels: readonly string[]): void {
  if (channels.length === 0) return;
  const muted = connection.mutedChannels ?? new Set<string>();
  connection.mutedChannels = muted;
  for (const channel of channels) {
    muted.delete(channel);
    muted.add(channel);
  }
  const excess = muted.size - connection.app.limits.maxSubscriptionsPerConnection - MAX_MUTED_CHANNELS;
  for (const channel of [...muted].slice(0, Math.max(0, excess))) muted.delete(channel);
}

/** Removes the bindings of a closed connection. */
export function unbindSocket(state: AppState, connection: Connection): void {
  for (const id of connection.bindings?.keys() ?? []) {
    state.bound.remove(id, connection);
    state.topics.release(userChannel(id));
  }
  connection.bindings = undefined;
}

/** Whether one of a connection's bindings has expired. */
export function isBindingExpired(connection: Connection, now: number): boolean {
  if (connection.bindings === undefined) return false;
  for (const expiresAt of connection.bindings.values()) if (expiresAt <= now) return true;
  return false;
}
