import { type Actor, requireUser } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import { isUserId } from "@mgs/core/user-id";
import { insertOutbox } from "@mgs/jobs/outbox.repository";
import { recordChange } from "@mgs/records/changes/record-change";
import type { SeanceDto } from "../contract/seance";
import type { DossierDeps } from "../deps";
import { requirePermission } from "../permissions";
import { SEANCE_RESTORE_SECONDS } from "../retention";
import { getSeance } from "./read-seance";
import { seanceNoticeRows } from "./seance-notices";
import { lockSeanceRow, markSeance } from "./seances.repository";

type Options = { socketId?: string | undefined };

/** Cancels a session: it can be restored for 30 days. Its participants hear of it. @throws AppError SESSION_NOT_FOUND, FORBIDDEN */
export function cancelSeance(deps: DossierDeps, actor: Actor, id: number, options: Options = {}): Promise<SeanceDto> {
  return mark(deps, actor, id, true, options);
}

/** Restores a session that was cancelled in the last 30 days. @throws AppError SESSION_NOT_FOUND, FORBIDDEN */
export function restoreSeance(deps: DossierDeps, actor: Actor, id: number, options: Options = {}): Promise<SeanceDto> {
  return mark(deps, actor, id, false, options);
}

async function mark(
  deps: DossierDeps,
  actor: Actor,
  id: number,
  cancels: boolean,
  { socketId }: Options,
): Promise<SeanceDto> {
  const user = requireUser(actor);
  await getSeance(deps, actor, id);
  requirePermission(actor, "dossiers.work");
  const now = deps.clock.now();
  const refs = await deps.database.$transaction(async (tx) => {
    const row = isUserId(id) ? await lockSeanceRow(tx, actor, id) : null;
    if (!row) throw new AppError("SESSION_NOT_FOUND");
    const { deletedAt } = row;
    if (cancels === (deletedAt !== null)) {
      // Twice the same is once; what was cancelled already is not there to cancel.
      if (cancels) throw new AppError("SESSION_NOT_FOUND");
      return [];
    }
    if (deletedAt && deletedAt.getTime() < now.getTime() - SEANCE_RESTORE_SECONDS * 1_000)
      throw new AppError("SESSION_NOT_FOUND");
    await markSeance(tx, id, cancels ? now : null);
    const op = cancels ? "cancelled" : "restored";
    const change = await recordChange(tx, actor, { type: "seance", id: String(id) }, { op, at: now, socketId });
    const told = [...new Set([...row.participants, ...row.substitutes.map(({ userId }) => userId)])];
    return insertOutbox(tx, [...seanceNoticeRows(id, op, told, user.userId), change.row]);
  });
  await deps.enqueuer.enqueue(refs);
  return getSeance(deps, actor, id);
}
