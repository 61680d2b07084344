import type { Logger } from "@mgs/core/logger";
import type { Database } from "@mgs/db/client";
import { insertOutbox } from "@mgs/jobs/outbox.repository";
import type { Schedule } from "@mgs/module/schedule";
import type { WorkerDeps } from "@mgs/module/worker-deps";
import { DRAWN_TYPES } from "../contract/media-types";
import { claimUndrawn, findKnownIds, findUnchecked, noteChecked } from "../documents.repository";
import { documentThumbnail } from "../outbox-kinds";
import { type DocumentServices, workerServices } from "../services";
import { fileKey, idOfKey, thumbnailKey } from "../storage/keys";
import { findUploadsBefore, forgetUpload } from "../uploads/uploads.repository";

const HOUR_MS = 3_600_000;
/** For how long an upload may be interrupted. */
const UPLOAD_HOURS = 24;
/** A file without a row is removed after this time only: its row may be about to be written. */
const ORPHAN_HOURS = 2;
/** Each stored file is looked for once in this time. */
const CHECK_DAYS = 7;
const BATCH = 500;
const SWEEP_INTERVAL_MS = HOUR_MS;

type SweepDeps = DocumentServices & { database: Database; logger: Logger; now: Date };

/** Removes what nothing refers to any more, and finds out what is lost; each part goes on where a kill has stopped it. */
export const documentsSweep: Schedule = {
  name: "documents.sweep",
  intervalMs: SWEEP_INTERVAL_MS,
  async run({ database, logger, enqueuer }) {
    const deps = { ...workerServices(), database, logger, now: new Date() };
    await sweepUploads(deps);
    await sweepOrphans(deps);
    await checkFiles(deps);
    await askForPictures({ database, enqueuer });
  },
};

/** Removes uploads that were not finished within a day, and what the store keeps of those that were. */
export async function sweepUploads({ database, documents, now }: SweepDeps): Promise<number> {
  const uploads = await findUploadsBefore(database, new Date(now.getTime() - UPLOAD_HOURS * HOUR_MS), BATCH);
  const store = await documents.storage.incoming();
  for (const { id, state } of uploads) {
    if (state === "open") await store.remove(fileKey(id)).catch(ignoreMissing);
    else for (const ending of [".json", ".info", ".part"]) await documents.storage.remove(fileKey(id) + ending);
    await forgetUpload(database, id);
  }
  return uploads.length;
}

/** Removes files that no row names: a process was killed between the two, or a document's time is over. */
export async function sweepOrphans(deps: SweepDeps): Promise<number> {
  const oldest = deps.now.getTime() - ORPHAN_HOURS * HOUR_MS;
  let removed = 0;
  let batch: { key: string; id: string }[] = [];
  const flush = async () => {
    const known = await findKnownIds(
      deps.database,
      batch.map(({ id }) => id),
    );
    for (const { key, id } of batch) {
      if (known.has(id)) continue;
      await deps.documents.storage.remove(key);
      removed++;
    }
    batch = [];
  };
  for await (const { key, modifiedAt } of deps.documents.storage.list()) {
    const id = idOfKey(key);
    if (id === null || modifiedAt.getTime() > oldest) continue;
    batch.push({ key, id });
    if (batch.length >= BATCH) await flush();
  }
  await flush();
  if (removed > 0) deps.logger.info({ removed }, "removed files that no document has");
  return removed;
}

/** Looks for the files of versions, each once a week: one that is gone shows as missing, and comes back when its file does. */
export async function checkFiles({ database, documents, logger, now }: SweepDeps): Promise<number> {
  const ids = await findUnchecked(database, new Date(now.getTime() - CHECK_DAYS * 24 * HOUR_MS), BATCH);
  let missing = 0;
  for (const id of ids) {
    const isThere = await documents.storage.has(fileKey(id));
    if (!(await noteChecked(database, id, now, isThere))) continue;
    missing++;
    logger.error({ version: id }, "the file of a document is missing in the store");
  }
  return missing;
}

/** Asks for small pictures of files that were stored when their type had none, some hundred each time. @returns how many */
export async function askForPictures({
  database,
  enqueuer,
}: Pick<WorkerDeps, "database" | "enqueuer">): Promise<number> {
  const refs = await database.$transaction(async (tx) => {
    const ids = await claimUndrawn(tx, DRAWN_TYPES, BATCH);
    return insertOutbox(
      tx,
      ids.map((version_id) => documentThumbnail.row({ payload: { version_id } })),
    );
  });
  await enqueuer.enqueue(refs);
  return refs.length;
}

/** Removes the files of versions that are no more; what fails here the sweep of orphans finds. */
export async function removeFiles({ documents }: DocumentServices, ids: readonly string[]): Promise<void> {
  for (const id of ids) {
    for (const key of [fileKey(id), thumbnailKey(id)]) await documents.storage.remove(key);
  }
}

/** The store's word for an upload that is gone already. */
function ignoreMissing(error: unknown): void {
  if (typeof error === "object" && error !== null && "status_code" in error && Number(error.status_code) < 500) return;
  throw error;
}
