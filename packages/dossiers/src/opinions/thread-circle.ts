import type { Database, Transaction } from "@mgs/db/client";
import type { Subject } from "@mgs/records/subject";
import { readCircle } from "./opinion-rules";
import { findOpinionOfThread } from "./opinions.repository";

type Circle = Awaited<ReturnType<NonNullable<Subject["threadCircle"]>>>;

/**
 * Who takes part in the thread of an opinion: those asked, who asked or answered, the assignee, and who stands in for them that day. So a new assignee
 * reads it from the beginning, and the one before does no more.
 * @returns null for a thread that belongs to no opinion
 */
export async function readThreadCircle(
  database: Database | Transaction,
  dossierId: number,
  threadId: string,
  today: string,
): Promise<Circle> {
  const opinion = await findOpinionOfThread(database, dossierId, threadId);
  if (!opinion) return null;
  const { assigneeId, standIns, assigneeStandIns } = await readCircle(database, opinion, opinion, today);
  const people = [opinion.askedUserId, opinion.askedBy, opinion.answeredBy, assigneeId];
  return {
    userIds: [...new Set([...people.filter((id) => id !== null), ...standIns, ...assigneeStandIns])],
    roles: opinion.askedRole === null ? [] : [opinion.askedRole],
  };
}
