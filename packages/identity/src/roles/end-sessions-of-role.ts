import { insertOutbox } from "@mgs/jobs/outbox.repository";
import type { NewOutboxRow, OutboxPayload } from "@mgs/jobs/outbox-kind";
import type { OutboxHandler } from "@mgs/module/outbox";
import { roleReduced } from "../outbox-kinds";
import { closeSession } from "../sessions/close-session";
import { lockSessionsOf } from "./roles.repository";

/** Sign-ins that one transaction ends. */
const BATCH_SIZE = 100;
const ACTOR = { kind: "system", name: "roles" } as const;

/**
 * Ends the sign-ins of a role's people after the role lost something. Their rights were gone with the change itself; this closes
 * what is open. Each batch is one transaction that also writes the row of the next batch, so a crash loses and repeats nothing.
 */
export const endSessionsOfRole: OutboxHandler<OutboxPayload<typeof roleReduced>> = async (deps, { payload }) => {
  const at = new Date(payload.at);
  const refs = await deps.database.$transaction(async (tx) => {
    const sessions = await lockSessionsOf(tx, { role: payload.role }, at, BATCH_SIZE);
    const rows: NewOutboxRow[] = [];
    for (const session of sessions) {
      const end = { at: new Date(), reason: "role-removed" } as const;
      rows.push(...((await closeSession(tx, deps.identityHooks, ACTOR, session, end)) ?? []));
    }
    if (sessions.length === BATCH_SIZE) rows.push(roleReduced.row({ payload }));
    return insertOutbox(tx, rows);
  });
  await deps.enqueuer.enqueue(refs);
};
