import type { Actor } from "@mgs/core/actor";
import { AppError, type ErrorDetail } from "@mgs/core/errors";
import type { Transaction } from "@mgs/db/client";
import { findPeopleRights } from "@mgs/identity/users/people-rights.repository";
import { findDossierRow } from "../dossiers.repository";
import type { SeanceRow } from "./seances.repository";

const MAX_DAYS = 31;
const DAY_MS = 24 * 60 * 60 * 1_000;

type Values = Pick<SeanceRow, "startsAt" | "endsAt" | "dossierId" | "participants">;

/**
 * Requires what holds for every session: it ends after it begins, within a month; its participants have open accounts; and who makes it sees
 * its dossier.
 * @param before as it stood: what has not changed is not asked again, so that a participant's leaving blocks no edit
 * @throws AppError VALIDATION_ERROR
 */
export async function requireSeanceRules(
  tx: Transaction,
  actor: Actor,
  { startsAt, endsAt, dossierId, participants }: Values,
  before?: Pick<SeanceRow, "dossierId" | "participants">,
): Promise<void> {
  const details: ErrorDetail[] = [];
  const length = endsAt.getTime() - startsAt.getTime();
  if (length <= 0 || length > MAX_DAYS * DAY_MS) details.push({ path: "ends_at", message: "INVALID_DATE" });
  const added = participants.filter((id) => !before?.participants.includes(id));
  const open = (await findPeopleRights(tx, added)).filter(({ disabled }) => !disabled);
  if (open.length < added.length) details.push({ path: "participants", message: "INVALID_CHOICE" });
  const isNew = dossierId !== null && dossierId !== before?.dossierId;
  if (isNew && !(await findDossierRow(tx, actor, dossierId)))
    details.push({ path: "dossier_id", message: "INVALID_CHOICE" });
  if (details.length > 0) throw new AppError("VALIDATION_ERROR", { details });
}
