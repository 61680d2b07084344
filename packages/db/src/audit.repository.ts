import { deriveUuidv7, uuidv7 } from "@mgs/core/ids";
import type { Database, Prisma, Transaction } from "./client";

export type AuditEntry = { actor: string; action: string; subject?: string; details?: Prisma.InputJsonObject };

/** Writes an entry of the audit trail; pass the transaction of the change itself. */
export async function audit(database: Database | Transaction, entry: AuditEntry): Promise<void> {
  await database.auditEvent.create({ data: rowOf(uuidv7(), entry) });
}

/** The outcome of `auditOnce`. `details` are those of the first entry. */
export type RepeatableAudit = { isFirst: boolean; id: string; details: unknown };

/**
 * Writes an entry once for a key, however often the request is repeated; for acts whose answer can be lost on the way. The key
 * becomes the entry's id: the primary key decides between two requests at one time. `at` orders the entries, not the id.
 * @param key the same in each repetition, and in no other request; without one, each call is a request of its own
 */
export async function auditOnce(
  database: Database,
  key: string | undefined,
  entry: AuditEntry,
): Promise<RepeatableAudit> {
  const { actor, action, subject = "" } = entry;
  const id = key === undefined ? uuidv7() : deriveUuidv7(JSON.stringify([actor, action, subject, key]), 0);
  const { count } = await database.auditEvent.createMany({ data: [rowOf(id, entry)], skipDuplicates: true });
  if (count === 1) return { isFirst: true, id, details: entry.details ?? {} };
  const first = await database.auditEvent.findUnique({ where: { id } });
  return { isFirst: false, id, details: first?.details };
}

/** Releases the key of an entry whose act has failed, so that a repetition writes its own; the entry stays in the trail. */
export async function releaseAudit(database: Database, { id }: RepeatableAudit): Promise<void> {
  await database.auditEvent.update({ where: { id }, data: { id: uuidv7() } });
}

function rowOf(id: string, { actor, action, subject, details }: AuditEntry) {
  return { id, actor, action, subject: subject ?? null, details: details ?? {} };
}
