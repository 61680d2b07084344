import { type Database, Prisma, type Transaction } from "@mgs/db/client";

/** An opinion as it stands in the database. */
export type OpinionRow = {
  id: string;
  dossierId: number;
  askedBy: number | null;
  askedUserId: number | null;
  askedRole: string | null;
  question: string;
  /** `2026-11-30`. */
  dueOn: string | null;
  askedAt: Date;
  verdict: string | null;
  answer: string;
  answeredBy: number | null;
  answeredAt: Date | null;
  withdrawnAt: Date | null;
  threadId: string | null;
};

const COLUMNS = Prisma.sql`o.id::text, o.dossier_id AS "dossierId", o.asked_by AS "askedBy", o.asked_user_id AS "askedUserId",
  o.asked_role AS "askedRole", o.question, o.due_on::text AS "dueOn", o.asked_at AS "askedAt", o.verdict, o.answer,
  o.answered_by AS "answeredBy", o.answered_at AS "answeredAt", o.withdrawn_at AS "withdrawnAt", o.thread_id::text AS "threadId"`;

/** The opinions on a dossier, the newest first. */
export async function findOpinions(database: Database | Transaction, dossierId: number): Promise<OpinionRow[]> {
  return database.$queryRaw<OpinionRow[]>`
    SELECT ${COLUMNS} FROM dossier_opinions o WHERE o.dossier_id = ${dossierId} ORDER BY o.asked_at DESC, o.id DESC`;
}

/** Finds the opinion that a thread belongs to, with who has its dossier in hand. */
export async function findOpinionOfThread(
  database: Database | Transaction,
  dossierId: number,
  threadId: string,
): Promise<(OpinionRow & { assigneeId: number | null }) | null> {
  const rows = await database.$queryRaw<(OpinionRow & { assigneeId: number | null })[]>`
    SELECT ${COLUMNS}, d.assignee_id AS "assigneeId" FROM dossier_opinions o JOIN dossiers d ON d.id = o.dossier_id
    WHERE o.dossier_id = ${dossierId} AND o.thread_id = ${threadId}::uuid`;
  return rows[0] ?? null;
}

/** Finds an opinion on a dossier, which the caller has locked for a change. */
export async function findOpinion(
  database: Database | Transaction,
  dossierId: number,
  id: string,
): Promise<OpinionRow | null> {
  const rows = await database.$queryRaw<OpinionRow[]>`
    SELECT ${COLUMNS} FROM dossier_opinions o WHERE o.id = ${id}::uuid AND o.dossier_id = ${dossierId}`;
  return rows[0] ?? null;
}

type NewOpinion = Pick<
  OpinionRow,
  "id" | "dossierId" | "askedBy" | "askedUserId" | "askedRole" | "question" | "dueOn" | "askedAt" | "threadId"
>;

export async function insertOpinion(tx: Transaction, { dueOn, ...row }: NewOpinion): Promise<void> {
  await tx.dossierOpinion.create({ data: { ...row, dueOn: dueOn === null ? null : new Date(`${dueOn}T00:00:00Z`) } });
}

export async function updateOpinion(
  tx: Transaction,
  id: string,
  data: Partial<Pick<OpinionRow, "verdict" | "answer" | "answeredBy" | "answeredAt" | "withdrawnAt">>,
): Promise<void> {
  await tx.dossierOpinion.update({ where: { id }, data });
}
