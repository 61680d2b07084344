import { UUID_PATTERN } from "@mgs/core/ids";
import { parseUserId } from "@mgs/core/user-id";
import type { Database } from "@mgs/db/client";
import { createPeopleDirectory } from "@mgs/identity/people.repository";
import { EVENTS, ONLINE_USERS_CHANNEL, sessionChannel } from "@mgs/realtime/names";
import type { Publisher } from "@mgs/realtime/server";
import { z } from "zod";
import { presenceChannel } from "../channels";
import type { PersonPresence } from "../contract/presence";
import { lockSweep, noteConnected, type ShownRow, takeChangedShown } from "./presence.repository";

type SweepDeps = { database: Database; publisher: Pick<Publisher, "read" | "triggerAll"> };

/** The limit of hosted servers for one call. */
const MAX_EVENTS = 10;

const SESSIONS_PREFIX = sessionChannel("");
const openChannels = z.object({ channels: z.record(z.string(), z.unknown()) });
const channelUsers = z.object({ users: z.array(z.object({ id: z.coerce.string() })) });

/**
 * Finds who has a page open: by the channels of their devices, and by the channel of those who are online, which other front ends join. That one has
 * room for a hundred people on most servers; there is no such limit to the first.
 * @returns null while the realtime server is away
 */
async function findConnected({ database, publisher }: SweepDeps): Promise<number[] | null> {
  const [online, sessions] = await Promise.all([
    publisher.read(`/channels/${ONLINE_USERS_CHANNEL}/users`).catch(() => null),
    publisher.read("/channels", { filter_by_prefix: SESSIONS_PREFIX }).catch(() => null),
  ]);
  const [members, devices] = [channelUsers.safeParse(online), openChannels.safeParse(sessions)];
  if (!members.success || !devices.success) return null;
  const ids = Object.keys(devices.data.channels).map((name) => name.slice(SESSIONS_PREFIX.length));
  const owners = await createPeopleDirectory(database).findSessionOwners(ids.filter((id) => UUID_PATTERN.test(id)));
  const there = members.data.users.map(({ id }) => parseUserId(id)).filter((id) => id !== null);
  return [...new Set([...there, ...[...owners.values()].map(({ id }) => id)])];
}

/**
 * Compares who has a page open with what was told of them, and tells what has changed, on each person's own channel: pages listen for
 * those whom they show. While the realtime server is away nothing is known, and nothing is told.
 * @returns how many were told of
 */
export async function sweepPresence({ database, publisher }: SweepDeps, now: Date): Promise<number> {
  const there = await findConnected({ database, publisher });
  if (there === null) return 0;
  const changed = await database.$transaction(async (tx) => {
    if (!(await lockSweep(tx))) return [];
    await noteConnected(tx, there, now);
    return takeChangedShown(tx, now);
  });
  for (let first = 0; first < changed.length; first += MAX_EVENTS)
    await publisher.triggerAll(changed.slice(first, first + MAX_EVENTS).map(toEvent));
  return changed.length;
}

function toEvent({ userId, shown, lastSeenAt }: ShownRow) {
  const last_seen_at = shown === "offline" ? (lastSeenAt?.toISOString() ?? null) : null;
  const data: PersonPresence = { user_id: userId, status: shown, last_seen_at };
  return { channel: `private-${presenceChannel(userId)}`, event: EVENTS.presenceChanged, data };
}
