import { type Actor, requireScope, requireUser } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import { addAccess, findAccess, removeAccess } from "../access.repository";
import type { DossierPeopleDto } from "../contract/people";
import type { DossierDeps } from "../deps";
import { lockDossierRow } from "../dossiers.repository";
import { can } from "../permissions";
import { getDossier } from "../record/read-dossier";
import { listDossierPeople } from "./list-dossier-people";

/** Follows a dossier: its reader hears of what happens to it. @throws AppError DOSSIER_NOT_FOUND, INSUFFICIENT_SCOPE */
export async function followDossier(deps: DossierDeps, actor: Actor, dossierId: number): Promise<DossierPeopleDto> {
  const { userId } = requireUser(actor);
  await getDossier(deps, actor, dossierId);
  requireScope(actor, "dossiers:write");
  await deps.database.$transaction(async (tx) => {
    if (!(await lockDossierRow(tx, actor, dossierId))) throw new AppError("DOSSIER_NOT_FOUND");
    await addAccess(tx, dossierId, [userId], "follower");
  });
  return listDossierPeople(deps, actor, dossierId);
}

/**
 * Follows a dossier no more. Nobody loses sight of it by that: whoever saw it for this reason alone keeps the access. The assignee hears of it
 * as long as it is theirs.
 * @throws AppError DOSSIER_NOT_FOUND, INSUFFICIENT_SCOPE
 */
export async function unfollowDossier(deps: DossierDeps, actor: Actor, dossierId: number): Promise<DossierPeopleDto> {
  const { userId } = requireUser(actor);
  await getDossier(deps, actor, dossierId);
  requireScope(actor, "dossiers:write");
  await deps.database.$transaction(async (tx) => {
    if (!(await lockDossierRow(tx, actor, dossierId))) throw new AppError("DOSSIER_NOT_FOUND");
    const own = (await findAccess(tx, dossierId)).filter((one) => one.userId === userId);
    const isOnlyReason = own.every(({ reason }) => reason === "follower");
    if (!(await removeAccess(tx, dossierId, userId, "follower"))) return;
    if (isOnlyReason && !can(actor, "dossiers.read-all")) await addAccess(tx, dossierId, [userId], "granted");
  });
  return listDossierPeople(deps, actor, dossierId);
}
