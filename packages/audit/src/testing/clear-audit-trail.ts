import type { Database } from "@mgs/db/client";

/** Empties the audit trail between tests. It takes a superuser, as the test servers have: the triggers refuse everybody else. */
export async function clearAuditTrail(database: Database): Promise<void> {
  await database.$transaction([
    database.$executeRaw`SET LOCAL session_replication_role = replica`,
    database.$executeRaw`DELETE FROM "audit_events"`,
    database.$executeRaw`DELETE FROM "audit_chain"`,
    database.$executeRaw`DELETE FROM "audit_anchors"`,
    database.$executeRaw`DELETE FROM "audit_unchained"`,
  ]);
}
