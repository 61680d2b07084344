import type { Database, Transaction } from "@mgs/db/client";

/** A private discussion as it stands in the database. */
export type ThreadRow = {
  id: string;
  subjectType: string;
  subjectId: string;
  title: string;
  roles: string[];
  createdBy: number | null;
  createdAt: Date;
  people: { userId: number }[];
};

type Reader = Database | Transaction;
const WITH_PEOPLE = { people: { select: { userId: true } } } as const;

export function findThread(database: Reader, id: string): Promise<ThreadRow | null> {
  return database.commentThread.findUnique({ where: { id }, include: WITH_PEOPLE });
}

/** The private discussions on a record, the oldest first. */
export function findThreadsOf(database: Reader, subject: { type: string; id: string }): Promise<ThreadRow[]> {
  return database.commentThread.findMany({
    where: { subjectType: subject.type, subjectId: subject.id },
    orderBy: { createdAt: "asc" },
    include: WITH_PEOPLE,
  });
}

export async function insertThread(
  tx: Transaction,
  { userIds, ...thread }: Omit<ThreadRow, "people" | "createdAt"> & { createdAt: Date; userIds: readonly number[] },
): Promise<void> {
  await tx.commentThread.create({ data: thread });
  await addThreadPeople(tx, thread.id, userIds);
}

export async function addThreadPeople(tx: Transaction, threadId: string, userIds: readonly number[]): Promise<void> {
  await tx.commentThreadPerson.createMany({
    data: userIds.map((userId) => ({ threadId, userId })),
    skipDuplicates: true,
  });
}
