import type { Actor } from "@mgs/core/actor";
import type { Clock } from "@mgs/core/clock";
import { AppError } from "@mgs/core/errors";
import type { SessionEndReason } from "@mgs/core/session-end-reasons";
import type { Database } from "@mgs/db/client";
import type { Enqueuer } from "@mgs/jobs/enqueuer";
import { insertOutbox, type OutboxRef } from "@mgs/jobs/outbox.repository";
import type { IdentityHooks } from "@mgs/module/identity-hooks";
import { administratorOf } from "../impersonation/end-impersonation";
import { closeSession } from "./close-session";

/** Dependencies of a use case that ends sign-ins. */
export type SessionEndDeps = {
  database: Database;
  enqueuer: Enqueuer;
  clock: Clock;
  identityHooks: readonly IdentityHooks[];
};

/**
 * Ends one sign-in everywhere: the row, and in the same transaction all that depends on it. Open pages leave by the
 * `session.ended` event and clients get their logout token; both are outbox rows of that transaction. Who acts in somebody's name
 * signs themself out.
 * @throws AppError NOT_FOUND when the session is another person's
 */
export async function endSession(
  deps: SessionEndDeps,
  actor: Actor,
  input: { userSessionId: string; reason: SessionEndReason },
): Promise<{ ended: boolean }> {
  const { userSessionId, reason } = input;
  const refs = await deps.database.$transaction(async (tx): Promise<OutboxRef[] | null> => {
    const session = await tx.userSession.findUnique({ where: { id: userSessionId } });
    const by = actor.kind === "user" ? administratorOf(actor) : actor;
    const mine = by.kind === "system" || (by.kind === "user" && session?.userId === by.userId);
    if (!session || !mine) throw new AppError("NOT_FOUND");
    const rows = await closeSession(tx, deps.identityHooks, by, session, { at: deps.clock.now(), reason });
    return rows && insertOutbox(tx, rows);
  });
  if (refs === null) return { ended: false };
  await deps.enqueuer.enqueue(refs);
  return { ended: true };
}
