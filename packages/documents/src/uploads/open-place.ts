import { AppError } from "@mgs/core/errors";
import type { Database, Transaction } from "@mgs/db/client";
import type { Subject } from "@mgs/records/subject";

/**
 * Requires that a file may be put where it is to go: on a record whose documents lie in places of their own, into an open one, and over no other file.
 * @throws AppError VALIDATION_ERROR without a place, FORBIDDEN
 */
export async function requireOpenPlace(
  database: Database | Transaction,
  { places }: Subject,
  subjectId: string,
  { slot, replaces }: { slot?: string | null | undefined; replaces?: string | null | undefined },
): Promise<void> {
  if (!places) return;
  if (slot == null) throw new AppError("VALIDATION_ERROR", { details: [{ path: "slot", message: "REQUIRED" }] });
  if (replaces != null || !(await places.isOpen(database, subjectId, slot))) throw new AppError("FORBIDDEN");
}
