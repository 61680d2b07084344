import { userChannel } from "../protocol/channel-name";
import type { AppState } from "./app-state";
import type { Binding, BindingResult } from "./binding";
import type { Connection } from "./connection";

/** Users that one socket may be bound to. */
export const MAX_BINDINGS = 64;
/** Channels that one request mutes. */
export const MAX_MUTED_CHANNELS = 100;

/**
 * Binds a socket of this process to users, as a sign-in does, except that the socket is nobody's: it gets none of their
 * events and does not make them online. A user who is bound again holds the socket until the new time.
 * @returns `bound` when no order to close the sockets of these users is missed any more; `absent` when there is no such
 *   socket here; `full` when it would be bound to more than `MAX_BINDINGS` users
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
  // The listening of one bound a moment ago may still be under way: everybody waits for all of it.
  const ready = ids.map((id) => state.topics.acquire(userChannel(id)));
  const known = ids.filter((id) => !added.includes(id));
  await Promise.all(ready);
  for (const id of known) state.topics.release(userChannel(id));
  return connection.hasDeparted ? "absent" : "bound";
}

/** No more of them are kept than a socket may be in: those that were named last. */
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

/** Takes a closed connection out of its bindings. */
export function unbindSocket(state: AppState, connection: Connection): void {
  for (const id of connection.bindings?.keys() ?? []) {
    state.bound.remove(id, connection);
    state.topics.release(userChannel(id));
  }
  connection.bindings = undefined;
}

/** Whether what let a connection in has run out. */
export function isBindingExpired(connection: Connection, now: number): boolean {
  if (connection.bindings === undefined) return false;
  for (const expiresAt of connection.bindings.values()) if (expiresAt <= now) return true;
  return false;
}
