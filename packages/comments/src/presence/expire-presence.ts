import type { Clock } from "@mgs/core/clock";
import type { Database } from "@mgs/db/client";
import type { Schedule } from "@mgs/module/schedule";
import { EVENTS } from "@mgs/realtime/names";
import type { Publisher } from "@mgs/realtime/server";
import type { Subject } from "@mgs/records/subject";
import { announcePresence } from "./announce-presence";
import { PRESENCE_TTL_MS } from "./presence";
import { isPresent, SOCKET_TAB, takeExpiredSigns } from "./presence.repository";

const INTERVAL_MS = 10_000;
const BATCH_SIZE = 200;

/** People whose clients have given no sign for a minute have left, and the others hear of it. */
export const presenceExpiry = (subjects: readonly Subject[]): Schedule => ({
  name: "comments.expire-presence",
  intervalMs: INTERVAL_MS,
  run: (deps) => expirePresence({ ...deps, clock: { now: () => new Date() } }, subjects),
});

export async function expirePresence(
  deps: { database: Database; clock: Clock; publisher: Pick<Publisher, "trigger"> },
  subjects: readonly Subject[],
): Promise<void> {
  const before = new Date(deps.clock.now().getTime() - PRESENCE_TTL_MS);
  for (;;) {
    const gone = await takeExpiredSigns(deps.database, before, BATCH_SIZE);
    const left = gone.filter(({ tab }) => tab !== SOCKET_TAB).map(({ tab: _, ...place }) => place);
    const places = new Map(left.map((place) => [JSON.stringify(place), place]));
    for (const place of places.values()) {
      const subject = subjects.find(({ type }) => type === place.subjectType);
      if (subject && !(await isPresent(deps.database, place, before)))
        await announcePresence(deps, subject, place.subjectId, place.userId, EVENTS.userOffline);
    }
    if (gone.length < BATCH_SIZE) return;
  }
}
