import type { Database, Transaction } from "@mgs/db/client";
import { type AuditEntry, toAuditRow } from "./audit-entry";

/**
 * Writes an entry of the audit trail; pass the transaction of the act itself, so that there is neither an act without an entry
 * nor an entry without an act.
 */
export async function audit(database: Database | Transaction, entry: AuditEntry): Promise<void> {
  await database.auditEvent.createMany({ data: [toAuditRow(entry)] });
}

/** Writes the entries of one act on many subjects, in one statement. */
export async function auditAll(database: Database | Transaction, entries: readonly AuditEntry[]): Promise<void> {
  if (entries.length > 0) await database.auditEvent.createMany({ data: entries.map(toAuditRow) });
}
