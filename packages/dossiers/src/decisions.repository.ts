import type { Database, Transaction } from "@mgs/db/client";

/** A decision on a dossier, with who took it. */
export type DecisionRow = {
  id: string;
  dossierId: number;
  outcome: string;
  reason: string;
  decidedBy: number | null;
  decidedAt: Date;
  /** When the dossier was opened again after it. */
  reopenedAt: Date | null;
};

export async function insertDecision(tx: Transaction, decision: Omit<DecisionRow, "reopenedAt">): Promise<void> {
  await tx.dossierDecision.create({ data: decision });
}

/** Notes that the decision of a dossier holds no more. It stays in the history. */
export async function reopenDecisions(tx: Transaction, dossierId: number, at: Date): Promise<void> {
  await tx.dossierDecision.updateMany({ where: { dossierId, reopenedAt: null }, data: { reopenedAt: at } });
}

/** The decisions on a dossier, the newest first. */
export async function findDecisions(database: Database | Transaction, dossierId: number): Promise<DecisionRow[]> {
  return database.dossierDecision.findMany({ where: { dossierId }, orderBy: { decidedAt: "desc" } });
}
