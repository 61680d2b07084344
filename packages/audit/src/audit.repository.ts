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

const COLUMNS = [
  ...(["id", "actor", "action", "subject_type", "subject", "user_id", "ip", "user_session_id"] as const),
  ...(["client_id", "request_id", "details", "impersonator_id"] as const),
];
const TYPES = ["uuid", "text", "text", "text", "text", "int", "text", "text", "text", "text", "jsonb", "int"] as const;

/**
 * SQL that writes an entry for a row that another part of the same statement has written, for statements whose act and entry have
 * to be one commit and one round trip: `WITH made AS (INSERT … RETURNING id), audited AS (…)`.
 * @param source the name of that part; without a row in it, no entry is written
 * @param first number of the first parameter; the values are those of {@link auditValues}
 */
export function insertAuditSql(source: string, first: number): string {
  const values = TYPES.map((type, index) => `$${first + index}::${type}`);
  return `INSERT INTO "audit_events" (${COLUMNS.map((column) => `"${column}"`).join(", ")})
      SELECT ${values.join(", ")} FROM ${source}`;
}

/** Values of the parameters of {@link insertAuditSql}. @param ip the address of a caller outside of a request */
export function auditValues(entry: AuditEntry, ip: string | null = null): readonly unknown[] {
  const row = toAuditRow(entry);
  return [
    ...[row.id, row.actor, row.action, row.subjectType, row.subject, row.userId, row.ip ?? ip, row.userSessionId],
    ...[row.clientId, row.requestId, JSON.stringify(row.details), row.impersonatorId],
  ];
}
