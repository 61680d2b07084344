import { uuidv7 } from "@mgs/core/ids";
import type { Database, Prisma, Transaction } from "./client";

export type AuditEntry = { actor: string; action: string; subject?: string; details?: Prisma.InputJsonObject };

/** Writes what an administrator will want to know later; pass the transaction of the change itself. */
export async function audit(database: Database | Transaction, entry: AuditEntry): Promise<void> {
  await database.auditEvent.create({
    data: {
      id: uuidv7(),
      actor: entry.actor,
      action: entry.action,
      subject: entry.subject ?? null,
      details: entry.details ?? {},
    },
  });
}
