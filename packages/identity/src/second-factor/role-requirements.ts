import { audit } from "@mgs/audit/audit.repository";
import type { Actor } from "@mgs/core/actor";
import type { Clock } from "@mgs/core/clock";
import { AppError } from "@mgs/core/errors";
import type { Locale } from "@mgs/core/locale";
import { validate } from "@mgs/core/validate";
import type { Database } from "@mgs/db/client";
import { z } from "zod";
import { requirePermission } from "../permissions";
import { requireFreshProof } from "../proofs/require-fresh-proof";
import { findRoles, lockRoleForUse } from "../roles/roles.repository";
import { listRequiringRoles, saveRequirement } from "./role-requirements.repository";

const requirementInput = z.strictObject({
  role: z.string().max(100),
  required: z.boolean(),
});

/** A role, and whether its people need a second factor. */
export type RoleRequirement = { role: string; names: Record<Locale, string>; required: boolean };

/** All roles, in the order of the console. @throws AppError FORBIDDEN */
export async function listRoleRequirements(deps: { database: Database }, actor: Actor): Promise<RoleRequirement[]> {
  requirePermission(actor, "second-factor.require");
  const [roles, requiring] = await Promise.all([findRoles(deps.database), listRequiringRoles(deps.database)]);
  return roles.map(({ slug, nameFr, nameEn }) => ({
    role: slug,
    names: { fr: nameFr, en: nameEn },
    required: requiring.includes(slug),
  }));
}

/**
 * Sets whether people of a role need a second factor. Who has none is led through the set-up at the next sign-in; sign-ins that go on
 * are left alone.
 * @returns whether it was otherwise before
 * @throws AppError FORBIDDEN, PROOF_REQUIRED, VALIDATION_ERROR
 */
export async function requireSecondFactor(
  deps: { database: Database; clock: Clock },
  actor: Actor,
  input: { role: string; required: boolean },
): Promise<{ changed: boolean }> {
  requirePermission(actor, "second-factor.require");
  await requireFreshProof(deps, actor);
  const { role, required } = validate(requirementInput, input);
  return deps.database.$transaction(async (tx) => {
    if (!(await lockRoleForUse(tx, role)))
      throw new AppError("VALIDATION_ERROR", { details: [{ path: "role", message: "INVALID_CHOICE" }] });
    const changed = await saveRequirement(tx, role, required);
    const action = required ? "second-factor.required" : "second-factor.not-required";
    if (changed) await audit(tx, { actor, action, details: { role } });
    return { changed };
  });
}
