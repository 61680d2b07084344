import { audit } from "@mgs/audit/audit.repository";
import { type Actor, requireUser } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import { uuidv7 } from "@mgs/core/ids";
import { requiredText } from "@mgs/core/text-schema";
import { isUserId } from "@mgs/core/user-id";
import { validate } from "@mgs/core/validate";
import { insertOutbox } from "@mgs/jobs/outbox.repository";
import { recordChange } from "@mgs/records/changes/record-change";
import { z } from "zod";
import { findFollowers } from "../access.repository";
import type { DossierDto } from "../contract/dossier";
import { MAX_CHARACTERS } from "../contract/rules";
import { DOSSIER_STATES, type DossierState, findStep } from "../contract/states";
import { insertDecision, reopenDecisions } from "../decisions.repository";
import type { DossierDeps } from "../deps";
import { lockDossierRow, updateDossier } from "../dossiers.repository";
import { dossierNotice } from "../outbox-kinds";
import { requirePermission } from "../permissions";
import { getDossier } from "./read-dossier";

/** Input of a step. */
export const stepInput = z.strictObject({
  to: z.enum(DOSSIER_STATES, { error: "INVALID_CHOICE" }),
  /** The state that the caller saw. Another one meanwhile refuses the step: a decision is about what somebody has read. */
  from: z.enum(DOSSIER_STATES, { error: "INVALID_CHOICE" }),
  reason: requiredText(MAX_CHARACTERS.reason).or(z.literal("")).default(""),
});

/**
 * Moves a dossier from one state to another, by a step of the table. A decision stays in the history when it is opened again. All who follow
 * it hear of it.
 * @throws AppError DOSSIER_NOT_FOUND, FORBIDDEN, VALIDATION_ERROR, also without a reason that the step needs; STEP_REFUSED where the table has no
 *   such step; CONFLICT when it has another state than the caller saw
 */
export async function takeStep(
  deps: DossierDeps,
  actor: Actor,
  id: number,
  input: unknown,
  { socketId }: { socketId?: string | undefined } = {},
): Promise<DossierDto> {
  const user = requireUser(actor);
  await getDossier(deps, actor, id);
  const { from, to, reason } = validate(stepInput, input);
  const step = findStep(from, to);
  if (!step) throw new AppError("STEP_REFUSED");
  requirePermission(actor, step.action);
  if (step.needsReason && reason === "")
    throw new AppError("VALIDATION_ERROR", { details: [{ path: "reason", message: "REQUIRED" }] });
  const refs = await deps.database.$transaction(async (tx) => {
    const row = isUserId(id) ? await lockDossierRow(tx, actor, id) : null;
    if (!row) throw new AppError("DOSSIER_NOT_FOUND");
    if (row.state !== from) throw new AppError("CONFLICT", { data: { state: row.state as DossierState } });
    const at = deps.clock.now();
    await updateDossier(tx, id, { state: to, stateSince: at, stateReason: reason }, at);
    if (step.isDecision)
      await insertDecision(tx, {
        id: uuidv7(),
        dossierId: id,
        outcome: to,
        reason,
        decidedBy: user.userId,
        decidedAt: at,
      });
    if (step.name === "rouvrir") await reopenDecisions(tx, id, at);
    if (step.isDecision || step.name === "rouvrir")
      await audit(tx, {
        actor,
        action: step.isDecision ? "dossier.decided" : "dossier.reopened",
        subject: id,
        details: { to },
      });
    const followers = (await findFollowers(tx, id)).filter((one) => one !== user.userId);
    const { row: announcement } = await recordChange(
      tx,
      actor,
      { type: "dossier", id: String(id) },
      { op: step.name, fields: { state: [from, to] }, details: reason === "" ? {} : { reason }, at, socketId },
    );
    const notice = dossierNotice.row({
      payload: { dossier_id: id, notice: "moved", user_ids: followers, by: user.userId, state: to, text: reason },
    });
    return insertOutbox(tx, followers.length === 0 ? [announcement] : [notice, announcement]);
  });
  await deps.enqueuer.enqueue(refs);
  return getDossier(deps, actor, id);
}
