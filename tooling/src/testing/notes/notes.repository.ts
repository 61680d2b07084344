import type { Database, Transaction } from "@mgs/db/client";

export type NoteRow = { id: string; authorId: number; text: string; createdAt: Date };

/** Writes a note. */
export async function insertNote(tx: Transaction, { id, authorId, text }: Omit<NoteRow, "createdAt">): Promise<void> {
  await tx.$executeRaw`INSERT INTO "notes" ("id", "author_id", "text") VALUES (${id}::uuid, ${authorId}, ${text})`;
}

/** The latest notes of one author, the newest first. */
export async function findNotes(database: Database, authorId: number): Promise<NoteRow[]> {
  return database.$queryRaw<NoteRow[]>`
    SELECT "id", "author_id" AS "authorId", "text", "created_at" AS "createdAt" FROM "notes" WHERE "author_id" = ${authorId}
    ORDER BY "created_at" DESC LIMIT 100`;
}

export async function markAnnounced(database: Database, id: string): Promise<void> {
  await database.$executeRaw`UPDATE "notes" SET "announced_at" = now() WHERE "id" = ${id}::uuid`;
}

/** Deletes up to `limit` notes that are older than `days`, and returns how many. */
export async function purgeNotes(database: Database, days: number, limit: number): Promise<number> {
  return database.$executeRaw`
    WITH chosen AS MATERIALIZED (
      SELECT "id" FROM "notes" WHERE "created_at" < now() - ${days} * interval '1 day'
      ORDER BY "created_at" LIMIT ${limit} FOR UPDATE SKIP LOCKED
    )
    DELETE FROM "notes" n USING chosen WHERE n."id" = chosen."id"`;
}
