import { uuidv7 } from "@mgs/core/ids";
import { currentRequestId } from "@mgs/core/request-context";
import type { Database, Transaction } from "@mgs/db/client";
import { queryPrepared } from "@mgs/db/prepared";
import { insertOutboxFrom } from "@mgs/jobs/outbox.repository";
import { securityNotice, securityNoticeRow } from "../notices/security-notice";

/** A person hears once in that time that strangers have to wait, however many networks they try from. */
const NOTICE_INTERVAL_MS = 3_600_000;

const NOTICE_LOCKOUT = {
  name: "notice-lockout",
  text: `WITH noticed AS (
      UPDATE users SET lockout_noticed_at = $2
      WHERE id = $1 AND (lockout_noticed_at IS NULL OR lockout_noticed_at <= $3) RETURNING id
    )
    ${insertOutboxFrom(`SELECT $4::uuid AS id, '${securityNotice.queue}' AS queue, '${securityNotice.kind}' AS kind, $5::jsonb AS payload,
      NULL::uuid AS notification_id, NULL::text AS channel, $6::text AS request_id, NULL::text AS traceparent FROM noticed`)}`,
};

/**
 * Tells a person that failed sign-ins have used up a limit of their account. The worker's sweep delivers it.
 * @param userId null for an address without an account: the same statement then writes nothing
 */
export async function noticeLockout(database: Database, userId: number | null, at: Date): Promise<void> {
  const id = userId ?? 0;
  const { payload } = securityNoticeRow({ userId: id, notice: "lockout", at });
  const before = new Date(at.getTime() - NOTICE_INTERVAL_MS);
  await queryPrepared(database, NOTICE_LOCKOUT, [
    ...[id, at, before, uuidv7(), JSON.stringify(payload), currentRequestId() ?? null],
  ]);
}

const SET_LOCKED_UNTIL = { name: "set-locked-until", text: "UPDATE users SET locked_until = $2 WHERE id = $1" };

/** Writes until when sign-ins of a person are refused, for the list of people; null: they are not. */
export async function setLockedUntil(database: Database, userId: number, until: Date | null): Promise<void> {
  await queryPrepared(database, SET_LOCKED_UNTIL, [userId, until]);
}

/** The same inside a transaction that ends a lockout. */
export async function clearLockedUntil(tx: Transaction, userId: number): Promise<void> {
  await tx.user.updateMany({ where: { id: userId, lockedUntil: { not: null } }, data: { lockedUntil: null } });
}
