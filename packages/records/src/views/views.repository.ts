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
  deletedAt: Date | null;
};

/** A person's own views of a list and those that others share, by name. */
export async function findViews(database: Database, list: string, userId: number): Promise<ViewRow[]> {
  return database.savedView.findMany({
    where: { list, deletedAt: null, OR: [{ ownerId: userId }, { isShared: true }] },
    orderBy: [{ name: "asc" }, { id: "asc" }],
  });
}

/** So many deleted views of a list are kept for one person at most: the last ones. */
const MAX_DELETED = 100;

/** A person's own views of a list that can be restored, the last deleted first. */
export async function findDeletedViews(
  database: Database,
  list: string,
  ownerId: number,
  since: Date,
): Promise<ViewRow[]> {
  return database.savedView.findMany({
    where: { list, ownerId, deletedAt: { gte: since } },
    orderBy: [{ deletedAt: "desc" }, { id: "asc" }],
    take: MAX_DELETED,
  });
}

export async function countViews(database: Database | Transaction, list: string, ownerId: number): Promise<number> {
  return database.savedView.count({ where: { list, ownerId, deletedAt: null } });
}

/** Finds a view of its owner, also one that was deleted. */
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
  return (await tx.savedView.updateMany({ where: { id, ownerId, deletedAt: null }, data })).count > 0;
}

/**
 * Deletes a view, or restores it (null).
 * @returns false when the person has no such view, or it stands so already
 */
export async function markView(
  database: Database,
  id: string,
  ownerId: number,
  deletedAt: Date | null,
): Promise<boolean> {
  const where = { id, ownerId, deletedAt: deletedAt === null ? { not: null } : null };
  return (await database.savedView.updateMany({ where, data: { deletedAt } })).count > 0;
}

/** Deletes views for good that were deleted longer ago than they can be restored, and those beyond what is kept for one person. */
export async function purgeViews(database: Database, maxAgeSeconds: number, limit: number): Promise<number> {
  return database.$executeRaw`
    DELETE FROM saved_views WHERE id IN (
      SELECT id FROM (
        SELECT id, deleted_at, row_number() OVER (PARTITION BY list, owner_id ORDER BY deleted_at DESC) AS place
        FROM saved_views WHERE deleted_at IS NOT NULL) AS deleted
      WHERE deleted_at < now() - ${maxAgeSeconds}::int * interval '1 second' OR place > ${MAX_DELETED}::int
      LIMIT ${limit})`;
}
