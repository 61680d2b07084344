import type { Prisma, Transaction } from "@mgs/db/client";

/** Rows of a demonstration; their files are in the store before. */
export type DocumentSeed = {
  documents: Prisma.DocumentCreateManyInput[];
  versions: Prisma.DocumentVersionCreateManyInput[];
};

export async function insertDocumentSeed(tx: Transaction, seed: DocumentSeed): Promise<void> {
  await tx.document.createMany({ data: seed.documents });
  await tx.documentVersion.createMany({ data: seed.versions });
}
