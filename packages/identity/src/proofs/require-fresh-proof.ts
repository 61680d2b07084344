import { type Actor, refuseWhileImpersonating } from "@mgs/core/actor";
import type { Clock } from "@mgs/core/clock";
import { AppError } from "@mgs/core/errors";
import type { Database } from "@mgs/db/client";
import { PROOF_TTL_SECONDS } from "../lifetimes";
import { findProofTime } from "./proofs.repository";

/**
 * Requires of a dangerous act that its person has proved their identity a short while ago, on the device that acts: whoever finds an
 * open browser can read, but not take the account over. A sign-in is a proof as well. Our own system needs none, and a program
 * that acts for itself cannot give one. An administrator in a person's place is refused, however fresh their own proof is.
 * @throws AppError PROOF_REQUIRED, IMPERSONATION_REFUSED
 */
export async function requireFreshProof(deps: { database: Database; clock: Clock }, actor: Actor): Promise<void> {
  if (actor.kind === "system") return;
  refuseWhileImpersonating(actor);
  const provedAt = actor.kind === "user" ? await findProofTime(deps.database, actor.userSessionId) : null;
  const oldest = deps.clock.now().getTime() - PROOF_TTL_SECONDS * 1_000;
  if (provedAt === null || provedAt.getTime() < oldest) throw new AppError("PROOF_REQUIRED");
}
