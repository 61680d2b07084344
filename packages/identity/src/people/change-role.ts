import { audit } from "@mgs/audit/audit.repository";
import type { Actor } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import { isLocale } from "@mgs/core/locale";
import { validate } from "@mgs/core/validate";
import type { Transaction } from "@mgs/db/client";
import { insertOutbox, type OutboxRef } from "@mgs/jobs/outbox.repository";
import type { NewOutboxRow } from "@mgs/jobs/outbox-kind";
import { z } from "zod";
import { securityNoticeRow } from "../notices/security-notice";
import { requireMasterOf, requirePermission } from "../permissions";
import { requireFreshProof } from "../proofs/require-fresh-proof";
import { lockRoleForUse } from "../roles/roles.repository";
import { closeAllSessions } from "../sessions/end-all-sessions";
import type { SessionEndDeps } from "../sessions/end-session";
import { lockAdministrators } from "../users/accounts.repository";
import { requireOtherAdministrator } from "../users/require-other-administrator";
import { differences } from "./edit-conflict";
import { lockManagedPerson } from "./lock-managed-person";
import { updatePerson } from "./people.repository";

const changeRoleInput = z.strictObject({ userId: z.int(), role: z.string() });

/**
 * Gives a person another role: their sign-ins end, and they are told.
 * @throws AppError FORBIDDEN, also for a role, or a person, with rights that the actor has not; PROOF_REQUIRED; USER_NOT_FOUND;
 *   VALIDATION_ERROR for an unknown role; LAST_ADMINISTRATOR
 */
export async function changeRole(
  deps: SessionEndDeps,
  actor: Actor,
  input: z.input<typeof changeRoleInput>,
): Promise<{ changed: boolean }> {
  requirePermission(actor, "accounts.manage");
  await requireFreshProof(deps, actor);
  const { userId, role } = validate(changeRoleInput, input);
  const { changed, refs } = await deps.database.$transaction((tx) => giveRole(tx, deps, actor, userId, role));
  await deps.enqueuer.enqueue(refs);
  return { changed };
}

/** The same inside the caller's transaction; enqueue the result after its commit. The caller checks permission and proof. */
export async function giveRole(
  tx: Transaction,
  deps: Pick<SessionEndDeps, "clock" | "identityHooks">,
  actor: Actor,
  userId: number,
  slug: string,
): Promise<{ changed: boolean; refs: OutboxRef[] }> {
  const at = deps.clock.now();
  const administrators = await lockAdministrators(tx);
  const person = await lockManagedPerson(tx, actor, userId);
  const role = await lockRoleForUse(tx, slug);
  if (!role) throw new AppError("VALIDATION_ERROR", { details: [{ path: "role", message: "INVALID_CHOICE" }] });
  requireMasterOf(actor, { role: role.slug, portals: role.portals, permissions: role.permissions });
  if (differences({ slug: person.role }, { slug: role.slug }).length === 0) return { changed: false, refs: [] };
  requireOtherAdministrator(administrators, userId);
  await updatePerson(tx, userId, { role: role.slug });
  const names = { fr: role.nameFr, en: role.nameEn };
  await audit(tx, {
    actor,
    action: "user.role-changed",
    subject: userId,
    details: { role: role.nameFr, before: person.role, after: role.slug },
  });
  const closed = await closeAllSessions(tx, deps.identityHooks, actor, userId, { at, reason: "role-removed" });
  const details = { role: names[isLocale(person.locale) ? person.locale : "fr"] };
  const rows: NewOutboxRow[] = [securityNoticeRow({ userId, notice: "role-changed", at, details })];
  return { changed: true, refs: [...closed.refs, ...(await insertOutbox(tx, rows))] };
}
