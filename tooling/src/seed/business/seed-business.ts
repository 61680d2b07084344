import { insertAbsenceSeed } from "@mgs/calendar/seed/seed-absences.repository";
import { insertCommentSeed, multiplyComments } from "@mgs/comments/seed/seed-comments.repository";
import type { Database } from "@mgs/db/client";
import { withoutIndexes } from "@mgs/db/without-indexes.repository";
import { insertDocumentSeed } from "@mgs/documents/seed/seed-documents.repository";
import type { DocumentStorage } from "@mgs/documents/storage/document-storage";
import { fileKey, thumbnailKey } from "@mgs/documents/storage/keys";
import { drawPage } from "@mgs/documents/thumbnails/draw-page";
import { makePicture, PDF, pictureOfPage, SIZE_PX } from "@mgs/documents/thumbnails/make-thumbnail";
import {
  finishCopies,
  hasDossierRows,
  insertDossierSeed,
  lastDossierId,
  multiplyDossiers,
  nextTypeId,
} from "@mgs/dossiers/seed/seed-dossiers.repository";
import { usersByIdOrEmail } from "@mgs/identity/imports/imports.repository";
import { hasConversations, insertMessageSeed } from "@mgs/messaging/seed/seed-messages.repository";
import { insertNumbers, insertRecordSeed } from "@mgs/records/seed/seed-records.repository";
import { PEOPLE } from "../people";
import { DOSSIER_COUNT, planStory } from "./plan-story";
import type { DemoFile } from "./story";

const TRANSACTION_TIMEOUT_MS = 120_000;
export const LARGE_DOSSIER_COUNT = 1_000_000;
const LARGE_COMMENTS_EACH = 5;
/** What one statement writes of a large office: between two of them the progress is told. */
const LARGE_BATCH = 100_000;

/**
 * Adds the dossiers and the conversations of the demonstration, unless somebody works here already or the demonstration's people are others.
 * @returns how many were added
 */
export async function seedBusiness(database: Database, storage: DocumentStorage, now: Date): Promise<number> {
  const known = new Set((await usersByIdOrEmail(database, PEOPLE)).map(({ id, email }) => `${id} ${email}`));
  if (!PEOPLE.every(({ id, email }) => known.has(`${id} ${email}`))) return 0;
  if ((await hasDossierRows(database)) || (await hasConversations(database))) return 0;
  const { story, files } = await planStory(now, await nextTypeId(database));
  // Files without rows are swept; rows without files would be documents that cannot be opened.
  await storeFiles(storage, files);
  await database.$transaction(
    async (tx) => {
      await insertDossierSeed(tx, story);
      await insertCommentSeed(tx, story);
      await insertDocumentSeed(tx, story);
      await insertMessageSeed(tx, story);
      await insertRecordSeed(tx, story);
      await insertAbsenceSeed(tx, story.absences);
    },
    { timeout: TRANSACTION_TIMEOUT_MS },
  );
  return story.dossiers.length;
}

async function storeFiles(storage: DocumentStorage, files: readonly DemoFile[]): Promise<void> {
  const thumbnails = new Map<Buffer, Buffer>();
  const draw = async ({ bytes, mediaType }: DemoFile) =>
    mediaType === PDF ? pictureOfPage(await drawPage(bytes, SIZE_PX)) : makePicture(bytes);
  for (const file of files) {
    const { versionId, bytes, mediaType } = file;
    await storage.write(fileKey(versionId), bytes, mediaType);
    const thumbnail = thumbnails.get(bytes) ?? (await draw(file));
    thumbnails.set(bytes, thumbnail);
    await storage.write(thumbnailKey(versionId), thumbnail, "image/webp");
  }
}

/** Tables that the large office fills. */
const LARGE_TABLES = ["dossiers", "dossier_people", "dossier_decisions", "comments", "change_heads"];

/**
 * Makes a large office of the demonstration: copies of its dossiers, with five comments on each.
 * @throws Error where other dossiers are there: nothing is mixed with them
 */
export async function enlargeBusiness(
  database: Database,
  note: (text: string) => void,
  count = LARGE_DOSSIER_COUNT,
): Promise<void> {
  const there = await lastDossierId(database);
  if (there === count) return note("the large office is there already");
  if (there !== DOSSIER_COUNT)
    throw new Error("there are other dossiers here: take an empty data folder (MGS_DATA_DIR)");
  await withoutIndexes(
    database,
    LARGE_TABLES,
    async (tx) => {
      for (let first = DOSSIER_COUNT + 1; first <= count; first += LARGE_BATCH) {
        const last = Math.min(first + LARGE_BATCH - 1, count);
        note(`dossiers ${first.toLocaleString("en")} to ${last.toLocaleString("en")}, with comments`);
        const copies = { first, last };
        await multiplyDossiers(tx, { from: DOSSIER_COUNT, ...copies });
        await insertNumbers(tx, { stream: "dossier", prefix: "", ...copies, seq: 0 });
        await multiplyComments(tx, { ...copies, each: LARGE_COMMENTS_EACH });
        await insertNumbers(tx, { stream: "comments", prefix: "dossier:", ...copies, seq: LARGE_COMMENTS_EACH });
      }
      await finishCopies(tx);
    },
    note,
  );
  note("statistics of the tables");
  await database.$executeRaw`VACUUM (ANALYZE)`;
}
