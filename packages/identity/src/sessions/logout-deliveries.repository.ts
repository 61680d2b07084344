import { uuidv7 } from "@mgs/core/ids";
import type { Database, Transaction } from "@mgs/db/client";
import type { NewOutboxRow } from "@mgs/jobs/outbox-kind";

/** A client that has to be told of a sign-in's end, with the row that tells it. */
export type ClientLogout = { clientId: string; row: NewOutboxRow };

/** Writes down which clients are told of a sign-in's end. @returns their rows, for `insertOutbox` in the same transaction */
export async function insertLogoutDeliveries(
  tx: Transaction,
  userSessionId: string,
  logouts: readonly ClientLogout[],
): Promise<NewOutboxRow[]> {
  const rows = logouts.map(({ clientId, row }) => ({ clientId, row: { ...row, id: uuidv7() } }));
  await tx.logoutDelivery.createMany({
    data: rows.map(({ clientId, row }) => ({ userSessionId, clientId, outboxId: row.id })),
    skipDuplicates: true,
  });
  return rows.map(({ row }) => row);
}

/**
 * Writes down that a client has answered its logout token.
 * @param durationMs from the request to the answer
 */
export async function recordLogoutAnswer(
  database: Database,
  outboxId: string,
  { at, durationMs }: { at: Date; durationMs: number },
): Promise<void> {
  await database.logoutDelivery.updateMany({
    where: { outboxId, answeredAt: null },
    data: { answeredAt: at, durationMs: Math.round(durationMs) },
  });
}

/** Forgets a delivery that has no one to go to any more: its client was revoked, or has no logout address. */
export async function deleteLogoutDelivery(database: Database, outboxId: string): Promise<void> {
  await database.logoutDelivery.deleteMany({ where: { outboxId } });
}

/** A client that was told, or is being told, of a sign-in's end; `answeredAt` is null until it has answered. */
export type LogoutDelivery = {
  userSessionId: string;
  clientId: string;
  clientName: string;
  outboxId: string;
  answeredAt: Date | null;
  durationMs: number | null;
};

/** Finds the deliveries of sign-ins, by the clients' names. */
export async function findLogoutDeliveries(
  database: Database,
  userSessionIds: readonly string[],
): Promise<LogoutDelivery[]> {
  if (userSessionIds.length === 0) return [];
  return database.$queryRaw<LogoutDelivery[]>`
    SELECT d.user_session_id::text AS "userSessionId", d.client_id AS "clientId", coalesce(c.name, d.client_id) AS "clientName",
      d.outbox_id::text AS "outboxId", d.answered_at AS "answeredAt", d.duration_ms AS "durationMs"
    FROM logout_deliveries d LEFT JOIN clients c ON c.id = d.client_id
    WHERE d.user_session_id = ANY(${[...userSessionIds]}::uuid[]) ORDER BY "clientName"`;
}
