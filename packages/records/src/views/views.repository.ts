import type { Database, Transaction } from "@mgs/db/client";

/** A view as it stands in the database. */
export type ViewRow = {
  id: string;
  list: string;
  ownerId: number;
  name: string;
  isShared: boolean;
  query: string;
  createdAt: Date;
};

/** A person's own views of a list and those that others share, by name. */
export async function findViews(database: Database, list: string, userId: number): Promise<ViewRow[]> {
  return database.savedView.findMany({
    where: { list, OR: [{ ownerId: userId }, { isShared: true }] },
    orderBy: [{ name: "asc" }, { id: "asc" }],
  });
}

export async function countViews(database: Database | Transaction, list: string, ownerId: number): Promise<number> {
  return database.savedView.count({ where: { list, ownerId } });
}

/** Finds a view of its owner. */
export async function findOwnView(
  database: Database | Transaction,
  id: string,
  ownerId: number,
): Promise<ViewRow | null> {
  return database.savedView.findFirst({ where: { id, ownerId } });
}

export async function insertView(tx: Database | Transaction, view: ViewRow): Promise<void> {
  await tx.savedView.create({ data: view });
}

/** @returns false when its owner has removed it meanwhile */
export async function updateView(
  tx: Database | Transaction,
  id: string,
  ownerId: number,
  data: Partial<Pick<ViewRow, "name" | "query" | "isShared">>,
): Promise<boolean> {
  return (await tx.savedView.updateMany({ where: { id, ownerId }, data })).count > 0;
}

/** @returns false when the person has no such view */
export async function removeView(tx: Database | Transaction, id: string, ownerId: number): Promise<boolean> {
  return (await tx.savedView.deleteMany({ where: { id, ownerId } })).count > 0;
}
