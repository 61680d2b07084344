import { UUID_PATTERN } from "@mgs/core/ids";
import type { Database, Transaction } from "@mgs/db/client";

export type ReportRow = { commentId: string; userId: number; reason: string; reportedAt: Date };

/** @returns false when the person has reported the comment before */
export async function insertReport(tx: Transaction, report: ReportRow): Promise<boolean> {
  const { count } = await tx.commentReport.createMany({ data: [report], skipDuplicates: true });
  return count === 1;
}

/** Open reports of comments on any record, the oldest first. One that its author has deleted has nothing left to decide, until it is back. */
export async function findOpenReports(
  database: Database,
  limit: number,
): Promise<(ReportRow & { comment: { subjectType: string; subjectId: string } })[]> {
  return database.commentReport.findMany({
    where: { closedAt: null, comment: { deletedAt: null } },
    orderBy: [{ reportedAt: "asc" }, { commentId: "asc" }, { userId: "asc" }],
    take: limit,
    select: {
      ...{ commentId: true, userId: true, reason: true, reportedAt: true },
      comment: { select: { subjectType: true, subjectId: true } },
    },
  });
}

/** Whether somebody has reported a comment, however that ended. */
export async function isReported(database: Database, commentId: string): Promise<boolean> {
  if (!UUID_PATTERN.test(commentId)) return false;
  return (await database.commentReport.findFirst({ where: { commentId }, select: { userId: true } })) !== null;
}

/** @returns how many were open */
export async function closeReports(tx: Transaction, commentId: string, closedBy: number, at: Date): Promise<number> {
  const { count } = await tx.commentReport.updateMany({
    where: { commentId, closedAt: null },
    data: { closedAt: at, closedBy },
  });
  return count;
}
