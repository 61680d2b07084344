import { type Actor, requireUser, type UserActor } from "@mgs/core/actor";
import type { Clock } from "@mgs/core/clock";
import { AppError } from "@mgs/core/errors";
import { validate } from "@mgs/core/validate";
import type { Database } from "@mgs/db/client";
import type { z } from "zod";
import { requireMasterOf, requirePermission } from "../permissions";
import { requireFreshProof } from "../proofs/require-fresh-proof";
import { findRoles } from "../roles/roles.repository";
import { type PeopleBatch, peopleBatch } from "./batch-kinds";
import { countReach } from "./count-reach";

/**
 * Checks an act on many people before it is asked about, and again before it starts. No lock holds what it finds: the worker checks the
 * role and the rights anew for each person.
 * @returns `total`: how many people it reaches; `MAX_COUNTED_REACH` stands for that many or more
 * @throws AppError FORBIDDEN, also for a role with rights that the actor has not; PROOF_REQUIRED; VALIDATION_ERROR, also for an unknown
 *   role, and at `whose` when a filter finds nobody
 */
export async function checkPeopleBatch(
  deps: { database: Database; clock: Clock },
  actor: Actor,
  input: z.input<typeof peopleBatch>,
): Promise<{ person: UserActor; batch: PeopleBatch; total: number }> {
  requirePermission(actor, "accounts.manage");
  await requireFreshProof(deps, actor);
  const person = requireUser(actor);
  const batch = validate(peopleBatch, input);
  if (batch.act === "change-role") await requireGivableRole(deps.database, person, batch.role);
  const total = await countReach(deps.database, batch);
  if (total === 0) throw new AppError("VALIDATION_ERROR", { details: [{ path: "whose", message: "NOBODY_FOUND" }] });
  return { person, batch, total };
}

async function requireGivableRole(database: Database, actor: UserActor, wanted: string | undefined): Promise<void> {
  const role = (await findRoles(database)).find(({ slug }) => slug === wanted);
  if (!role) throw new AppError("VALIDATION_ERROR", { details: [{ path: "role", message: "INVALID_CHOICE" }] });
  requireMasterOf(actor, { role: role.slug, portals: role.portals, permissions: role.permissions });
}
