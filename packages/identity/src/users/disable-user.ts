import { audit } from "@mgs/audit/audit.repository";
import type { Actor } from "@mgs/core/actor";
import type { Database, Transaction } from "@mgs/db/client";
import type { OutboxRef } from "@mgs/jobs/outbox.repository";
import { revokeAccountLinks } from "../account-links/account-links.repository";
import { lockManagedPerson } from "../people/lock-managed-person";
import { requirePermission } from "../permissions";
import { closeAllSessions } from "../sessions/end-all-sessions";
import type { SessionEndDeps } from "../sessions/end-session";
import { forgetKnownDevices, lockAdministrators, setDisabledAt } from "./accounts.repository";
import { requireOtherAdministrator } from "./require-other-administrator";

/**
 * Shuts an account: it cannot sign in any more, and every sign-in of it ends in the same transaction. Its notifications
 * stay.
 * @returns whether it was open before, and how many sign-ins ended
 * @throws AppError FORBIDDEN, also where they hold rights that the actor has not; USER_NOT_FOUND; LAST_ADMINISTRATOR when no other administrator could open it again
 */
export async function disableUser(
  deps: SessionEndDeps,
  actor: Actor,
  input: { userId: number },
): Promise<{ changed: boolean; ended: number }> {
  requirePermission(actor, "accounts.manage");
  const { changed, ended, refs } = await deps.database.$transaction((tx) => shutAccount(tx, deps, actor, input.userId));
  await deps.enqueuer.enqueue(refs);
  return { changed, ended };
}

/** The same inside the caller's transaction; enqueue the result after its commit. The caller checks the permission. */
export async function shutAccount(
  tx: Transaction,
  deps: Pick<SessionEndDeps, "clock" | "identityHooks">,
  actor: Actor,
  userId: number,
): Promise<{ changed: boolean; ended: number; refs: OutboxRef[] }> {
  const at = deps.clock.now();
  const administrators = await lockAdministrators(tx);
  await lockManagedPerson(tx, actor, userId);
  requireOtherAdministrator(administrators, userId);
  const changed = await setDisabledAt(tx, userId, at);
  if (changed) {
    await audit(tx, { actor, action: "user.disabled", subject: userId });
    await revokeAccountLinks(tx, userId, at);
    await forgetKnownDevices(tx, userId, at);
  }
  const closed = await closeAllSessions(tx, deps.identityHooks, actor, userId, { at, reason: "disabled" });
  return { changed, ...closed };
}

/** Opens it again. @returns whether it was shut @throws AppError FORBIDDEN, USER_NOT_FOUND */
export async function enableUser(
  deps: { database: Database },
  actor: Actor,
  input: { userId: number },
): Promise<{ changed: boolean }> {
  requirePermission(actor, "accounts.manage");
  const { userId } = input;
  return deps.database.$transaction(async (tx) => {
    await lockManagedPerson(tx, actor, userId);
    const changed = await setDisabledAt(tx, userId, null);
    if (changed) await audit(tx, { actor, action: "user.enabled", subject: userId });
    return { changed };
  });
}
