import { systemClock } from "@mgs/core/clock";
import type { Database } from "@mgs/db/client";
import { insertOutbox } from "@mgs/jobs/outbox.repository";
import type { NewOutboxRow } from "@mgs/jobs/outbox-kind";
import type { IdentityHooks } from "@mgs/module/identity-hooks";
import { closeSession } from "./close-session";
import { lockExpiredSessions } from "./user-sessions.repository";

/** Sign-ins that one transaction ends: few enough that it is short. */
const BATCH_SESSIONS = 50;

/**
 * Ends sign-ins that have run out by themselves, as every other end does. They let nobody in since they ran out; now clients, sockets
 * and open pages hear of it.
 * @param limit most of them in one call
 * @returns how many
 */
export async function endExpiredSessions(
  database: Database,
  hooks: readonly IdentityHooks[],
  limit: number,
): Promise<number> {
  let ended = 0;
  while (ended < limit) {
    const size = Math.min(BATCH_SESSIONS, limit - ended);
    const found = await database.$transaction(async (tx) => {
      const sessions = await lockExpiredSessions(tx, size);
      const rows: NewOutboxRow[] = [];
      const end = { at: systemClock.now(), reason: "expired" } as const;
      for (const session of sessions) {
        rows.push(...((await closeSession(tx, hooks, { kind: "system", name: "expiry" }, session, end)) ?? []));
      }
      await insertOutbox(tx, rows);
      return sessions.length;
    });
    ended += found;
    if (found < size) break;
  }
  return ended;
}
