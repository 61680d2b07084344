import { audit } from "@mgs/audit/audit.repository";
import type { Actor } from "@mgs/core/actor";
import type { Clock } from "@mgs/core/clock";
import { AppError } from "@mgs/core/errors";
import type { Database } from "@mgs/db/client";
import type { Enqueuer } from "@mgs/jobs/enqueuer";
import { createInvitation, createPasswordReset } from "../account-links/create-account-link";
import { NO_PASSWORD } from "../no-password";
import { lockManagedPerson } from "../people/lock-managed-person";
import { requirePermission } from "../permissions";
import { findPasswordHash } from "./accounts.repository";

/**
 * Sends a person a link by which they choose a password: an invitation while they have none, else the link of a forgotten password. The
 * password that they have stays good until then.
 * @throws AppError FORBIDDEN; USER_NOT_FOUND also for an account that is disabled
 */
export async function invitePerson(
  deps: { database: Database; clock: Clock; enqueuer: Enqueuer },
  actor: Actor,
  input: { userId: number },
): Promise<{ sent: "invitation" | "password-reset" }> {
  requirePermission(actor, "accounts.manage");
  const { userId } = input;
  const at = deps.clock.now();
  const { sent, refs } = await deps.database.$transaction(async (tx) => {
    await lockManagedPerson(tx, actor, userId);
    const passwordHash = await findPasswordHash(tx, userId);
    if (passwordHash === null) throw new AppError("USER_NOT_FOUND");
    if (passwordHash === NO_PASSWORD) {
      await audit(tx, { actor, action: "user.invited", subject: userId });
      return { sent: "invitation" as const, refs: await createInvitation(tx, { userId, at }) };
    }
    await audit(tx, { actor, action: "user.password-forgotten", subject: userId });
    return { sent: "password-reset" as const, refs: await createPasswordReset(tx, { userId, at }) };
  });
  await deps.enqueuer.enqueue(refs);
  return { sent };
}
