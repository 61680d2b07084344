import { type Actor, refuseWhileImpersonating } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import type { SessionEndReason } from "@mgs/core/session-end-reasons";
import type { Transaction } from "@mgs/db/client";
import { insertOutbox, type OutboxRef } from "@mgs/jobs/outbox.repository";
import type { NewOutboxRow } from "@mgs/jobs/outbox-kind";
import type { IdentityHooks } from "@mgs/module/identity-hooks";
import { requirePermission } from "../permissions";
import { findUser } from "../users.repository";
import { closeSession } from "./close-session";
import type { SessionEndDeps } from "./end-session";
import { lockLiveSessions } from "./user-sessions.repository";

/**
 * Ends every sign-in of a person, on all devices and in all portals, with their tokens, as a sign-out does.
 * @returns how many sign-ins ended
 * @throws AppError FORBIDDEN unless an administrator or the person asks; USER_NOT_FOUND
 */
export async function endAllSessions(
  deps: SessionEndDeps,
  actor: Actor,
  input: { userId: number; reason: SessionEndReason },
): Promise<{ ended: number }> {
  const { userId, reason } = input;
  requirePermission(actor, "sessions.end", { userId });
  refuseWhileImpersonating(actor);
  if (!(await findUser(deps.database, userId))) throw new AppError("USER_NOT_FOUND");
  const { ended, refs } = await deps.database.$transaction((tx) =>
    closeAllSessions(tx, deps.identityHooks, actor, userId, { at: deps.clock.now(), reason }),
  );
  await deps.enqueuer.enqueue(refs);
  return { ended };
}

/**
 * The same inside the caller's transaction; enqueue the result after its commit. The caller checks the permission.
 * @param end.except a sign-in that goes on
 */
export async function closeAllSessions(
  tx: Transaction,
  hooks: readonly IdentityHooks[],
  actor: Actor,
  userId: number,
  { except, ...end }: { at: Date; reason: SessionEndReason; except?: string },
): Promise<{ ended: number; refs: OutboxRef[] }> {
  const rows: NewOutboxRow[] = [];
  let ended = 0;
  for (const session of await lockLiveSessions(tx, userId)) {
    if (session.id === except) continue;
    const messages = await closeSession(tx, hooks, actor, session, end);
    if (!messages) continue;
    ended += 1;
    rows.push(...messages);
  }
  return { ended, refs: await insertOutbox(tx, rows) };
}
