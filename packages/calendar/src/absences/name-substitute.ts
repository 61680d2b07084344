import { audit } from "@mgs/audit/audit.repository";
import { type Actor, refuseWhileImpersonating, requireUser } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import { uuidv7 } from "@mgs/core/ids";
import { MAX_USER_ID } from "@mgs/core/user-id";
import { validate } from "@mgs/core/validate";
import { findPeopleRights } from "@mgs/identity/users/people-rights.repository";
import { insertOutbox } from "@mgs/jobs/outbox.repository";
import { z } from "zod";
import { hasAbsenceWithin, insertAbsence, lockAbsences, wouldLoop } from "../absences.repository";
import { type AbsenceDto, MAX_ABSENCE_DAYS } from "../contract/absence";
import { absenceChanged } from "../outbox-kinds";
import { requirePermission } from "../permissions";
import { todayOf } from "../today";
import type { AbsenceDeps } from "./absence-deps";
import { toDtos } from "./list-absences";

export const absenceInput = z.strictObject({
  substitute_id: z.int().min(1).max(MAX_USER_ID).meta({ description: "Who stands in" }),
  first_day: z.iso.date().meta({ description: "The first day of the absence, in Madagascar" }),
  last_day: z.iso.date().meta({ description: "Its last day, on which the colleague still stands in" }),
});

/**
 * Names a colleague who stands in for the caller from a day until another. What reaches the caller in these days also goes to that
 * colleague, and on to whoever stands in for them if they are away as well.
 * @throws AppError VALIDATION_ERROR, ABSENCE_OVERLAP, ABSENCE_LOOP, IMPERSONATION_REFUSED
 */
export async function nameSubstitute(deps: AbsenceDeps, actor: Actor, input: unknown): Promise<AbsenceDto> {
  requirePermission(actor, "absence.name");
  refuseWhileImpersonating(actor);
  const { userId } = requireUser(actor);
  const { substitute_id: substituteId, first_day: firstDay, last_day: lastDay } = validate(absenceInput, input);
  const today = todayOf(deps.clock);
  checkDays(firstDay, lastDay, today);
  const absence = { id: uuidv7(), userId, substituteId, firstDay, lastDay };
  const refs = await deps.database.$transaction(async (tx) => {
    await lockAbsences(tx);
    const [substitute] = await findPeopleRights(tx, [substituteId]);
    if (!substitute || substitute.disabled || substituteId === userId) throw invalid("substitute_id", "INVALID_CHOICE");
    if (await hasAbsenceWithin(tx, userId, firstDay, lastDay)) throw new AppError("ABSENCE_OVERLAP");
    if (await wouldLoop(tx, absence)) throw new AppError("ABSENCE_LOOP");
    await insertAbsence(tx, { ...absence, at: deps.clock.now() });
    await audit(tx, {
      ...{ actor, action: "absence.named", subject: userId, userId: substituteId },
      details: { first_day: firstDay, last_day: lastDay },
    });
    return insertOutbox(tx, [absenceChanged.row({ payload: { absence_id: absence.id, op: "named" } })]);
  });
  await deps.enqueuer.enqueue(refs);
  const [named] = await toDtos(deps.database, [{ ...absence, endedAt: null }], today);
  if (!named) throw new Error("the new absence is missing");
  return named;
}

function checkDays(firstDay: string, lastDay: string, today: string): void {
  const first = Temporal.PlainDate.from(firstDay);
  const last = Temporal.PlainDate.from(lastDay);
  const isTooFar = Temporal.PlainDate.from(today).until(first, { largestUnit: "days" }).days > MAX_ABSENCE_DAYS;
  if (isTooFar) throw invalid("first_day", "DATE_OUT_OF_RANGE");
  if (lastDay < firstDay) throw invalid("last_day", "DATE_BEFORE_FIRST");
  if (lastDay < today) throw invalid("last_day", "DATE_OUT_OF_RANGE");
  if (first.until(last, { largestUnit: "days" }).days >= MAX_ABSENCE_DAYS)
    throw invalid("last_day", "DATE_OUT_OF_RANGE");
}

function invalid(path: string, message: string): AppError {
  return new AppError("VALIDATION_ERROR", { details: [{ path, message }] });
}
