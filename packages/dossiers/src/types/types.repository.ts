import type { Database, Prisma, Transaction } from "@mgs/db/client";
import type { DossierField, RequiredPiece } from "../contract/dossier-types";

export type DossierTypeRow = {
  id: number;
  nameFr: string;
  nameEn: string;
  fields: readonly DossierField[];
  pieces: readonly RequiredPiece[];
  dueWorkingDays: number | null;
  defaultAssigneeId: number | null;
  archivedAt: Date | null;
  version: number;
};

type Stored = Awaited<ReturnType<Database["dossierType"]["findMany"]>>[number];

const toRow = ({ fields, pieces, ...row }: Stored): DossierTypeRow => ({
  ...row,
  fields: fields as unknown as DossierField[],
  pieces: pieces as unknown as RequiredPiece[],
});

export async function findType(database: Database | Transaction, id: number): Promise<DossierTypeRow | null> {
  const row = await database.dossierType.findUnique({ where: { id } });
  return row && toRow(row);
}

/** Every type, archived ones last. */
export async function findTypes(database: Database | Transaction): Promise<DossierTypeRow[]> {
  const rows = await database.dossierType.findMany({
    orderBy: [{ archivedAt: { sort: "asc", nulls: "first" } }, { nameFr: "asc" }],
  });
  return rows.map(toRow);
}

type TypeData = Omit<DossierTypeRow, "id" | "archivedAt" | "version">;

const toStored = ({ fields, pieces, ...data }: TypeData) => ({
  ...data,
  fields: fields as unknown as Prisma.InputJsonArray,
  pieces: pieces as unknown as Prisma.InputJsonArray,
});

export async function insertType(tx: Transaction, data: TypeData): Promise<number> {
  const { id } = await tx.dossierType.create({ data: toStored(data), select: { id: true } });
  return id;
}

/** Finds a type for a change: others who change it wait. */
export async function lockType(tx: Transaction, id: number): Promise<DossierTypeRow | null> {
  await tx.$executeRaw`SELECT FROM dossier_types WHERE id = ${id} FOR UPDATE`;
  return findType(tx, id);
}

export async function updateType(
  tx: Transaction,
  id: number,
  data: TypeData & Pick<DossierTypeRow, "archivedAt">,
): Promise<void> {
  const { archivedAt, ...rest } = data;
  await tx.dossierType.update({
    where: { id },
    data: { ...toStored(rest), archivedAt, version: { increment: 1 } },
  });
}
