import { audit } from "@mgs/audit/audit.repository";
import type { Actor } from "@mgs/core/actor";
import type { Clock } from "@mgs/core/clock";
import { AppError } from "@mgs/core/errors";
import { validate } from "@mgs/core/validate";
import type { Database } from "@mgs/db/client";
import type { Enqueuer } from "@mgs/jobs/enqueuer";
import type { z } from "zod";
import { createInvitation } from "../account-links/create-account-link";
import { NO_PASSWORD } from "../no-password";
import { isAdministratorRole, requirePermission } from "../permissions";
import { requireFreshProof } from "../proofs/require-fresh-proof";
import { type AccountSummary, toAccountSummary } from "./account-dto";
import { findAccount } from "./accounts.repository";
import { insertNewAccount, newAccount, toAddressRefusal } from "./create-user";

type InviteDeps = { database: Database; clock: Clock; enqueuer: Enqueuer };

/**
 * Makes an account and invites its owner by mail, who chooses the password: nobody else ever knows one.
 * @throws AppError FORBIDDEN; PROOF_REQUIRED for an administrator; VALIDATION_ERROR, also for an address that is taken
 */
export async function inviteUser(
  deps: InviteDeps,
  actor: Actor,
  input: z.input<typeof newAccount>,
): Promise<AccountSummary> {
  requirePermission(actor, "accounts.manage");
  const account = validate(newAccount, input);
  // A new administrator can do everything: whoever finds an open browser must not be able to make one.
  if (isAdministratorRole(account.role)) await requireFreshProof(deps, actor);
  const at = deps.clock.now();
  try {
    const { id, refs } = await deps.database.$transaction(async (tx) => {
      const created = await insertNewAccount(tx, actor, { ...account, passwordHash: NO_PASSWORD });
      await audit(tx, { actor, action: "user.created", subject: created, details: { role: account.role } });
      await audit(tx, { actor, action: "user.invited", subject: created });
      return { id: created, refs: await createInvitation(tx, { userId: created, at }) };
    });
    await deps.enqueuer.enqueue(refs);
    const stored = await findAccount(deps.database, { id });
    if (!stored) throw new AppError("USER_NOT_FOUND");
    return toAccountSummary(stored);
  } catch (error) {
    throw await toAddressRefusal(deps.database, account.email, error);
  }
}
