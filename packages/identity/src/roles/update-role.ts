import { audit } from "@mgs/audit/audit.repository";
import type { Actor } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import { isWorkPermission } from "@mgs/core/roles";
import { validate } from "@mgs/core/validate";
import type { Enqueuer } from "@mgs/jobs/enqueuer";
import { insertOutbox } from "@mgs/jobs/outbox.repository";
import { roleReduced } from "../outbox-kinds";
import { differences } from "../people/edit-conflict";
import { isAdministratorRole, requirePermission } from "../permissions";
import { requireFreshProof } from "../proofs/require-fresh-proof";
import { type RoleDeps, requireGrantable } from "./create-role";
import { type RoleInput, roleInput } from "./role-input";
import { lockRole, updateRoleRow } from "./roles.repository";

/**
 * Changes a role's names and rights; they hold with the next request of each of its people. Where it loses a portal, or a right
 * to daily work, their sign-ins end, by which open pages and sockets close.
 * @throws AppError FORBIDDEN, PROOF_REQUIRED, ROLE_NOT_FOUND, VALIDATION_ERROR; ROLE_FIXED for the rights of administrators;
 *   EDIT_CONFLICT when somebody has changed it since `version`
 */
export async function updateRole(
  deps: RoleDeps & { enqueuer: Enqueuer },
  actor: Actor,
  input: RoleInput,
): Promise<{ changed: boolean }> {
  requirePermission(actor, "roles.manage");
  await requireFreshProof(deps, actor);
  const { slug, version, name_fr: nameFr, name_en: nameEn, portals, permissions } = validate(roleInput, input);
  requireGrantable(deps.grantable, permissions);
  const next = { nameFr, nameEn, portals: [...portals].sort(), permissions };
  const at = deps.clock.now();
  const { changed, refs } = await deps.database.$transaction(async (tx) => {
    const role = await lockRole(tx, slug);
    if (!role) throw new AppError("ROLE_NOT_FOUND");
    const before = {
      nameFr: role.nameFr,
      nameEn: role.nameEn,
      portals: [...role.portals].sort(),
      // What no domain declares any more leaves with this change, and is no difference.
      permissions: role.permissions.filter((action) => deps.grantable.has(action)).sort(),
    };
    const fixed = isAdministratorRole(slug);
    const values = fixed ? { ...next, portals: before.portals, permissions: before.permissions } : next;
    if (fixed && differences(next, values).length > 0) throw new AppError("ROLE_FIXED");
    const changes = differences(before, values);
    if (role.version !== version) {
      throw new AppError("EDIT_CONFLICT", { details: changes.map((path) => ({ path, message: "CHANGED_MEANWHILE" })) });
    }
    if (changes.length === 0) return { changed: false, refs: [] };
    await updateRoleRow(tx, slug, values);
    const details = { name: nameFr, before: pick(before, changes), after: pick(values, changes) };
    await audit(tx, { actor, action: "role.updated", subject: slug, details });
    const lostPortal = before.portals.some((portal) => !values.portals.includes(portal));
    // A right to daily work opens records, whose channels its people may be listening to.
    const lostWork = before.permissions.some((name) => isWorkPermission(name) && !values.permissions.includes(name));
    const rows = lostPortal || lostWork ? [roleReduced.row({ payload: { role: slug, at: at.toISOString() } })] : [];
    return { changed: true, refs: await insertOutbox(tx, rows) };
  });
  await deps.enqueuer.enqueue(refs);
  return { changed };
}

function pick<T extends object>(values: T, keys: readonly (keyof T & string)[]): Record<string, string | string[]> {
  return Object.fromEntries(keys.map((key) => [key, values[key] as string | string[]]));
}
