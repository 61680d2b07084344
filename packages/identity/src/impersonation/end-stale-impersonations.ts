import type { Database } from "@mgs/db/client";
import type { Enqueuer } from "@mgs/jobs/enqueuer";
import { insertOutbox } from "@mgs/jobs/outbox.repository";
import type { Schedule } from "@mgs/module/schedule";
import { closeImpersonation } from "./close-impersonation";
import { listUnended } from "./impersonations.repository";
import { mayImpersonate } from "./permissions";

const INTERVAL_MS = 3_000;
const MAX_ROWS = 1_000;
const ACTOR = { kind: "system", name: "impersonation" } as const;

/**
 * Ends impersonations that let nobody in any more, because they have run out or one of the two has other rights: pages and sockets that
 * were opened before are told and closed, and the trail names the end.
 * @returns how many
 */
export async function endStaleImpersonations(deps: { database: Database; enqueuer: Enqueuer }): Promise<number> {
  let ended = 0;
  for (const running of await listUnended(deps.database, MAX_ROWS)) {
    const isAllowed = mayImpersonate(running.administrator, running.user);
    if (!running.isExpired && isAllowed) continue;
    const end = { at: new Date(), reason: running.isExpired ? "expired" : "rights-changed" } as const;
    const refs = await deps.database.$transaction(async (tx) => {
      const rows = await closeImpersonation(tx, ACTOR, running, end);
      return rows && insertOutbox(tx, rows);
    });
    if (refs === null) continue;
    ended += 1;
    await deps.enqueuer.enqueue(refs);
  }
  return ended;
}

/** Several workers may run it at a time: the row that is marked first decides. */
export const impersonationSchedule: Schedule = {
  name: "identity.impersonations",
  intervalMs: INTERVAL_MS,
  async run(deps) {
    await endStaleImpersonations(deps);
  },
};
