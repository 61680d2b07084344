import { Prisma, type Transaction } from "@mgs/db/client";

/** A dossier whose due date comes or has passed. */
export type DueDossier = { id: number; dueOn: string; assigneeId: number | null };

/** An opinion that is waited for, with who was asked and who asked. */
export type DueOpinion = {
  id: string;
  dossierId: number;
  dueOn: string;
  askedBy: number | null;
  askedUserId: number | null;
  askedRole: string | null;
  assigneeId: number | null;
};

const OPEN = Prisma.sql`state IN ('nouveau', 'en_cours', 'en_attente')`;

/**
 * Claims dossiers that are due from `today` to `until` and whose assignee was not told: the mark is of the same transaction as the outbox rows
 * that tell them, so a crash between the two leaves neither. Rows that another worker is claiming are passed over.
 */
export async function claimDueSoon(
  tx: Transaction,
  today: string,
  until: string,
  limit: number,
): Promise<DueDossier[]> {
  return tx.$queryRaw<DueDossier[]>`
    UPDATE dossiers d SET warned_for = d.due_on FROM (
      SELECT id FROM dossiers
      WHERE ${OPEN} AND due_on IS DISTINCT FROM warned_for AND due_on BETWEEN ${today}::date AND ${until}::date
      ORDER BY due_on, id LIMIT ${limit} FOR UPDATE SKIP LOCKED) AS due
    WHERE d.id = due.id RETURNING d.id, d.due_on::text AS "dueOn", d.assignee_id AS "assigneeId"`;
}

/** Claims dossiers whose due date has passed and whose followers were not told. @see claimDueSoon */
export async function claimOverdue(tx: Transaction, today: string, limit: number): Promise<DueDossier[]> {
  return tx.$queryRaw<DueDossier[]>`
    UPDATE dossiers d SET escalated_for = d.due_on FROM (
      SELECT id FROM dossiers WHERE ${OPEN} AND due_on IS DISTINCT FROM escalated_for AND due_on < ${today}::date
      ORDER BY due_on, id LIMIT ${limit} FOR UPDATE SKIP LOCKED) AS due
    WHERE d.id = due.id RETURNING d.id, d.due_on::text AS "dueOn", d.assignee_id AS "assigneeId"`;
}

const OPINION = Prisma.sql`o.id::text, o.dossier_id AS "dossierId", o.due_on::text AS "dueOn", o.asked_by AS "askedBy",
  o.asked_user_id AS "askedUserId", o.asked_role AS "askedRole", d.assignee_id AS "assigneeId"`;

/** Claims opinions that are waited for by `until`, and whose people were not reminded. @see claimDueSoon */
export async function claimOpinionsDueSoon(
  tx: Transaction,
  until: string,
  at: Date,
  limit: number,
): Promise<DueOpinion[]> {
  return tx.$queryRaw<DueOpinion[]>`
    UPDATE dossier_opinions o SET reminded_at = ${at} FROM dossiers d, (
      SELECT id FROM dossier_opinions
      WHERE answered_at IS NULL AND withdrawn_at IS NULL AND reminded_at IS NULL AND due_on <= ${until}::date
      ORDER BY due_on, id LIMIT ${limit} FOR UPDATE SKIP LOCKED) AS due
    WHERE o.id = due.id AND d.id = o.dossier_id RETURNING ${OPINION}`;
}

/** Claims opinions that are late, and of which who asked was not told. @see claimDueSoon */
export async function claimOverdueOpinions(
  tx: Transaction,
  today: string,
  at: Date,
  limit: number,
): Promise<DueOpinion[]> {
  return tx.$queryRaw<DueOpinion[]>`
    UPDATE dossier_opinions o SET escalated_at = ${at} FROM dossiers d, (
      SELECT id FROM dossier_opinions
      WHERE answered_at IS NULL AND withdrawn_at IS NULL AND escalated_at IS NULL AND due_on < ${today}::date
      ORDER BY due_on, id LIMIT ${limit} FOR UPDATE SKIP LOCKED) AS due
    WHERE o.id = due.id AND d.id = o.dossier_id RETURNING ${OPINION}`;
}
