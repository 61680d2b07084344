import { parseUserId } from "@mgs/core/user-id";
import type { Database } from "@mgs/db/client";
import { EVENTS, ONLINE_USERS_CHANNEL } from "@mgs/realtime/names";
import type { Publisher } from "@mgs/realtime/server";
import { z } from "zod";
import { presenceChannel } from "../channels";
import type { PersonPresence } from "../contract/presence";
import { lockSweep, noteConnected, type ShownRow, takeChangedShown } from "./presence.repository";

type SweepDeps = { database: Database; publisher: Pick<Publisher, "read" | "triggerAll"> };

/** The limit of hosted servers for one call. */
const MAX_EVENTS = 10;

const channelUsers = z.object({ users: z.array(z.object({ id: z.coerce.string() })) });

/**
 * Compares who is in the channel of those who are online with what was told of them, and tells what has changed, on each person's own channel: pages listen for
 * those whom they show. While the realtime server is away nothing is known, and nothing is told.
 * @returns how many were told of
 */
export async function sweepPresence({ database, publisher }: SweepDeps, now: Date): Promise<number> {
  const answer = await publisher.read(`/channels/${ONLINE_USERS_CHANNEL}/users`).catch(() => null);
  const parsed = channelUsers.safeParse(answer);
  if (!parsed.success) return 0;
  const there = [...new Set(parsed.data.users.map(({ id }) => parseUserId(id)).filter((id) => id !== null))];
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
