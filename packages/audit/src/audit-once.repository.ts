import { deriveUuidv7 } from "@mgs/core/ids";
import type { Database } from "@mgs/db/client";
import { audit } from "./audit.repository";
import { type AuditEntry, auditActorKey, toAuditRow } from "./audit-entry";

/** The outcome of `auditOnce`. `details` are those of the first entry; `key` is the entry's in `audit_keys`. */
export type RepeatableAudit = { isFirst: boolean; key: string | null; details: unknown };

/**
 * Writes an entry once for a key within 24 h, however often the request is repeated; for acts whose answer can be lost on the
 * way. The primary key of `audit_keys` decides between two requests at one time.
 * @param idempotencyKey the same in each repetition, and in no other request; without one, each call is a request of its own
 */
export async function auditOnce(
  database: Database,
  idempotencyKey: string | undefined,
  entry: AuditEntry,
): Promise<RepeatableAudit> {
  const { actor, action, subject = "", details = {} } = entry;
  if (idempotencyKey === undefined) {
    await audit(database, entry);
    return { isFirst: true, key: null, details };
  }
  const key = deriveUuidv7(JSON.stringify([auditActorKey(actor), action, String(subject), idempotencyKey]), 0);
  return database.$transaction(async (tx) => {
    const row = toAuditRow(entry);
    const { count } = await tx.auditKey.createMany({ data: [{ key, eventId: row.id }], skipDuplicates: true });
    if (count === 0) {
      const first = await tx.auditKey.findUnique({ where: { key } });
      const event = first && (await tx.auditEvent.findUnique({ where: { id: first.eventId } }));
      return { isFirst: false, key, details: event?.details ?? {} };
    }
    await tx.auditEvent.createMany({ data: [row] });
    return { isFirst: true, key, details };
  });
}

/**
 * Writes that an audited act has failed, and releases its key, so that a repetition acts and writes its own entry. The first
 * entry stays: the trail says what was tried, and what became of it.
 */
export async function auditFailure(database: Database, { key }: RepeatableAudit, entry: AuditEntry): Promise<void> {
  await database.$transaction(async (tx) => {
    await audit(tx, entry);
    if (key !== null) await tx.auditKey.deleteMany({ where: { key } });
  });
}
