import { audit } from "@mgs/audit/audit.repository";
import type { Actor } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import { validate } from "@mgs/core/validate";
import type { Enqueuer } from "@mgs/jobs/enqueuer";
import { insertOutbox } from "@mgs/jobs/outbox.repository";
import { z } from "zod";
import { requirePermission } from "../permissions";
import { requireFreshProof } from "../proofs/require-fresh-proof";
import type { RoleDeps } from "./create-role";
import { peopleMovedRows } from "./people-moved-rows";
import { countPeopleOf, deleteRoleRow, lockRole, lockRoleForUse, movePeople } from "./roles.repository";

const deleteRoleInput = z.strictObject({
  slug: z.string(),
  /** Role that its people get instead. */
  to: z.string().optional(),
});

/**
 * Removes a role. Its people get the role `to` in the same transaction, and their sign-ins end.
 * @returns how many people have another role now
 * @throws AppError FORBIDDEN, PROOF_REQUIRED, ROLE_NOT_FOUND; ROLE_FIXED for one that every installation has; ROLE_IN_USE when it has
 *   people and `to` is missing; VALIDATION_ERROR for a `to` that is no other role
 */
export async function deleteRole(
  deps: Omit<RoleDeps, "grantable"> & { enqueuer: Enqueuer },
  actor: Actor,
  input: z.input<typeof deleteRoleInput>,
): Promise<{ moved: number }> {
  requirePermission(actor, "roles.manage");
  await requireFreshProof(deps, actor);
  const { slug, to } = validate(deleteRoleInput, input);
  const at = deps.clock.now();
  const { moved, refs } = await deps.database.$transaction(async (tx) => {
    const role = await lockRole(tx, slug);
    if (!role) throw new AppError("ROLE_NOT_FOUND");
    if (role.builtIn) throw new AppError("ROLE_FIXED");
    const target = to === undefined || to === slug ? null : await lockRoleForUse(tx, to);
    if (to !== undefined && !target)
      throw new AppError("VALIDATION_ERROR", { details: [{ path: "to", message: "INVALID_CHOICE" }] });
    if (!target && (await countPeopleOf(tx, slug, 1)) > 0) throw new AppError("ROLE_IN_USE");
    const people = target ? await movePeople(tx, slug, target.slug) : [];
    await deleteRoleRow(tx, slug);
    const details = { name: role.nameFr, people: people.length, ...(target ? { to: target.nameFr } : {}) };
    await audit(tx, { actor, action: "role.deleted", subject: slug, details });
    const rows = target ? peopleMovedRows(people, target, at) : [];
    return { moved: people.length, refs: await insertOutbox(tx, rows) };
  });
  await deps.enqueuer.enqueue(refs);
  return { moved };
}
