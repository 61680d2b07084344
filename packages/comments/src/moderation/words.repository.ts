import type { Database, Transaction } from "@mgs/db/client";

/** The words and phrases that no comment may have, in their order. */
export async function findWords(database: Database | Transaction): Promise<string[]> {
  const rows = await database.commentWord.findMany({ orderBy: { word: "asc" }, select: { word: true } });
  return rows.map(({ word }) => word);
}

/** Makes these the words and phrases that no comment may have. */
export async function replaceWords(
  tx: Transaction,
  words: readonly string[],
  createdBy: number,
  createdAt: Date,
): Promise<{ added: string[]; removed: string[] }> {
  const before = new Set(await findWords(tx));
  const added = words.filter((word) => !before.has(word));
  const removed = [...before].filter((word) => !words.includes(word));
  await tx.commentWord.deleteMany({ where: { word: { in: removed } } });
  await tx.commentWord.createMany({
    data: added.map((word) => ({ word, createdBy, createdAt })),
    skipDuplicates: true,
  });
  return { added, removed };
}
