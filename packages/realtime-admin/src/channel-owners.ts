import type { Actor } from "@mgs/core/actor";
import { UUID_PATTERN } from "@mgs/core/ids";
import { parseUserId } from "@mgs/core/user-id";
import { legacyUserChannel, sessionChannel, userChannel } from "@mgs/realtime/names";
import type { People, PersonName } from "./people";
import { requirePermission } from "./permissions";

const USER_PREFIXES = [userChannel, legacyUserChannel].map((nameOf) => nameOf(0).slice(0, -1));
const SESSION_PREFIX = sessionChannel("");

/**
 * Finds the people who own channels, by channel; other channels have no entry.
 * @throws AppError FORBIDDEN unless an administrator asks
 */
export async function findChannelOwners(
  deps: { people: People },
  actor: Actor,
  { channels }: { channels: readonly string[] },
): Promise<Map<string, PersonName>> {
  requirePermission(actor, "channels.read");
  const users = new Map<string, number>();
  const sessions = new Map<string, string>();
  for (const channel of channels) {
    const prefix = USER_PREFIXES.find((one) => channel.startsWith(one));
    const id = prefix === undefined ? null : parseUserId(channel.slice(prefix.length));
    if (id !== null) users.set(channel, id);
    const session = channel.startsWith(SESSION_PREFIX) ? channel.slice(SESSION_PREFIX.length) : "";
    if (UUID_PATTERN.test(session)) sessions.set(channel, session.toLowerCase());
  }
  const [names, owners] = await Promise.all([
    deps.people.findNames([...users.values()]),
    deps.people.findSessionOwners([...sessions.values()]),
  ]);
  const found = new Map<string, PersonName>();
  for (const [channel, id] of users) {
    const name = names.get(id);
    if (name !== undefined) found.set(channel, { id, name });
  }
  for (const [channel, session] of sessions) {
    const owner = owners.get(session);
    if (owner !== undefined) found.set(channel, owner);
  }
  return found;
}
