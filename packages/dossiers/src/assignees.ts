import { findSubstitutes } from "@mgs/calendar/absences.repository";
import { AppError } from "@mgs/core/errors";
import { holdsPermission } from "@mgs/core/roles";
import type { Transaction } from "@mgs/db/client";
import { findPeopleRights } from "@mgs/identity/users/people-rights.repository";

/**
 * Requires somebody who may work on dossiers, and whose account is open.
 * @returns the colleagues who stand in for them on that day
 * @throws AppError VALIDATION_ERROR
 */
export async function requireAssignee(tx: Transaction, userId: number, today: string): Promise<number[]> {
  if (!(await mayBeAssigned(tx, userId)))
    throw new AppError("VALIDATION_ERROR", { details: [{ path: "assignee_id", message: "INVALID_CHOICE" }] });
  return findSubstitutes(tx, [userId], today);
}

/** Whether somebody may work on dossiers, and their account is open. */
export async function mayBeAssigned(tx: Transaction, userId: number): Promise<boolean> {
  const [person] = await findPeopleRights(tx, [userId]);
  return person !== undefined && !person.disabled && holdsPermission(person, "dossiers.work");
}
