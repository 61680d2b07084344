import { audit } from "@mgs/audit/audit.repository";
import { type Actor, requireUser } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import { isUserId } from "@mgs/core/user-id";
import { validate } from "@mgs/core/validate";
import { rightsReduced } from "@mgs/identity/outbox-kinds";
import { findPeopleRights } from "@mgs/identity/users/people-rights.repository";
import { insertOutbox } from "@mgs/jobs/outbox.repository";
import { recordChange } from "@mgs/records/changes/record-change";
import { z } from "zod";
import { removeAccess } from "../access.repository";
import type { DossierPeopleDto } from "../contract/people";
import type { DossierDeps } from "../deps";
import { lockDossierRow } from "../dossiers.repository";
import { requirePermission } from "../permissions";
import { getDossier } from "../record/read-dossier";
import { dossierSubject, grantDossierAccess } from "../subjects";
import { listDossierPeople } from "./list-dossier-people";

export const accessInput = z.strictObject({
  user_id: z.int({ error: "INVALID_ID" }).refine(isUserId, { error: "INVALID_ID" }),
});

/** Reasons that can be taken away. Who opened a dossier, has it in hand or was asked sees it as long as that holds. */
const REMOVABLE = ["granted", "follower", "substitute"] as const;

type Options = { socketId?: string | undefined };

/**
 * Gives somebody access to a dossier who does not see it; whoever sees it already is left as they are. The person hears of it.
 * @throws AppError DOSSIER_NOT_FOUND, FORBIDDEN, VALIDATION_ERROR
 */
export async function giveAccess(
  deps: DossierDeps,
  actor: Actor,
  dossierId: number,
  input: unknown,
  { socketId }: Options = {},
): Promise<DossierPeopleDto> {
  const user = requireUser(actor);
  await getDossier(deps, actor, dossierId);
  requirePermission(actor, "dossiers.grant");
  const { user_id } = validate(accessInput, input);
  const refs = await deps.database.$transaction(async (tx) => {
    if (!(await lockDossierRow(tx, actor, dossierId))) throw new AppError("DOSSIER_NOT_FOUND");
    const [person] = await findPeopleRights(tx, [user_id]);
    if (!person || person.disabled)
      throw new AppError("VALIDATION_ERROR", { details: [{ path: "user_id", message: "INVALID_CHOICE" }] });
    const seen = await dossierSubject.visibleTo(tx, String(dossierId), [user_id]);
    if (seen.length > 0) return [];
    const grant = { userId: user_id, at: deps.clock.now(), socketId };
    return insertOutbox(tx, await grantDossierAccess(tx, user, String(dossierId), grant));
  });
  await deps.enqueuer.enqueue(refs);
  return listDossierPeople(deps, actor, dossierId);
}

/**
 * Takes the access away that was given to somebody, also the one that following or standing in gives. Of somebody who has none there is nothing
 * to take: a repetition succeeds.
 * @throws AppError DOSSIER_NOT_FOUND, FORBIDDEN; USER_NOT_FOUND
 */
export async function takeAccess(
  deps: DossierDeps,
  actor: Actor,
  dossierId: number,
  userId: number,
  { socketId }: Options = {},
): Promise<DossierPeopleDto> {
  requireUser(actor);
  await getDossier(deps, actor, dossierId);
  requirePermission(actor, "dossiers.grant");
  const refs = await deps.database.$transaction(async (tx) => {
    if (!(await lockDossierRow(tx, actor, dossierId))) throw new AppError("DOSSIER_NOT_FOUND");
    const [person] = isUserId(userId) ? await findPeopleRights(tx, [userId]) : [];
    if (!person) throw new AppError("USER_NOT_FOUND");
    const removed: string[] = [];
    for (const reason of REMOVABLE) if (await removeAccess(tx, dossierId, userId, reason)) removed.push(reason);
    if (removed.length === 0) return [];
    await audit(tx, {
      actor,
      action: "dossier.access-removed",
      subject: dossierId,
      userId,
      details: { reasons: removed },
    });
    const change = { op: "access-removed", details: { user_id: userId }, at: deps.clock.now(), socketId };
    const { row } = await recordChange(tx, actor, { type: "dossier", id: String(dossierId) }, change);
    return insertOutbox(tx, [row, rightsReduced.row({ payload: { user_ids: [userId] } })]);
  });
  await deps.enqueuer.enqueue(refs);
  return listDossierPeople(deps, actor, dossierId);
}
