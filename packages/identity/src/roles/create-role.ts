import { audit } from "@mgs/audit/audit.repository";
import type { Actor } from "@mgs/core/actor";
import type { Clock } from "@mgs/core/clock";
import { AppError } from "@mgs/core/errors";
import { validate } from "@mgs/core/validate";
import type { Database } from "@mgs/db/client";
import { requirePermission } from "../permissions";
import { requireFreshProof } from "../proofs/require-fresh-proof";
import { type NewRoleInput, newRoleInput } from "./role-input";
import { insertRole } from "./roles.repository";

/** What use cases on roles need: `grantable` are the actions that a role can be granted, of every domain of the composition. */
export type RoleDeps = { database: Database; clock: Clock; grantable: ReadonlySet<string> };

/**
 * Adds a role.
 * @throws AppError FORBIDDEN, PROOF_REQUIRED; VALIDATION_ERROR, also for a slug that is taken and an action that cannot be granted
 */
export async function createRole(deps: RoleDeps, actor: Actor, input: NewRoleInput): Promise<{ slug: string }> {
  requirePermission(actor, "roles.manage");
  await requireFreshProof(deps, actor);
  const { slug, name_fr, name_en, portals, permissions } = validate(newRoleInput, input);
  requireGrantable(deps.grantable, permissions);
  await deps.database.$transaction(async (tx) => {
    const created = await insertRole(tx, { slug, nameFr: name_fr, nameEn: name_en, portals, permissions });
    if (!created) throw new AppError("VALIDATION_ERROR", { details: [{ path: "slug", message: "ALREADY_USED" }] });
    const details = { name: name_fr, name_en, portals, permissions };
    await audit(tx, { actor, action: "role.created", subject: slug, details });
  });
  return { slug };
}

/** @throws AppError VALIDATION_ERROR for an action that no domain declares, or that is kept for administrators */
export function requireGrantable(grantable: ReadonlySet<string>, permissions: readonly string[]): void {
  if (permissions.every((action) => grantable.has(action))) return;
  throw new AppError("VALIDATION_ERROR", { details: [{ path: "permissions", message: "INVALID_CHOICE" }] });
}
