import type { Prisma, Transaction } from "@mgs/db/client";

/** Writes the absences of a demonstration. */
export async function insertAbsenceSeed(tx: Transaction, absences: Prisma.AbsenceCreateManyInput[]): Promise<void> {
  await tx.absence.createMany({ data: absences });
}
