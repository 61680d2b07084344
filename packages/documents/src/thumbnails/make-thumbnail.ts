import { buffer } from "node:stream/consumers";
import type { Actor } from "@mgs/core/actor";
import { insertOutbox } from "@mgs/jobs/outbox.repository";
import type { OutboxPayload } from "@mgs/jobs/outbox-kind";
import type { OutboxHandler } from "@mgs/module/outbox";
import { recordChange } from "@mgs/records/changes/record-change";
import { backgroundOp } from "@mgs/records/contract/background-change";
import { findVersion, setThumbnail } from "../documents.repository";
import type { documentThumbnail } from "../outbox-kinds";
import { type DocumentServices, workerServices } from "../services";
import { FileMissing } from "../storage/document-storage";
import { fileKey, thumbnailKey } from "../storage/keys";

const THUMBNAILER: Actor = { kind: "system", name: "thumbnailer" };

/** Twice the pixels that a list shows, for dense screens. */
const SIZE_PX = 320;
/** A larger picture would take the worker's memory; it has none. */
const MAX_PIXELS = 100_000_000;
const MAX_SOURCE_BYTES = 64 * 1024 * 1024;

/** Makes the small picture of an image, and open pages of the record show it. A file that turns out not to be readable as one has none. */
export const createThumbnailMaker =
  (services: () => DocumentServices = workerServices): OutboxHandler<OutboxPayload<typeof documentThumbnail>> =>
  async ({ database, enqueuer, logger }, { payload }) => {
    const version = await findVersion(database, payload.version_id);
    if (version?.thumbnail !== "pending") return;
    const { storage } = services().documents;
    const picture = await storage
      .read(fileKey(version.id))
      .then(async (file) => (version.bytes > MAX_SOURCE_BYTES ? null : makePicture(await buffer(file))))
      .catch((error: unknown) => {
        if (error instanceof FileMissing || isUnreadable(error)) return null;
        throw error;
      });
    if (picture) await storage.write(thumbnailKey(version.id), picture, "image/webp");
    else logger.info({ version: version.id }, "no thumbnail can be made of a document");
    const { subjectType, subjectId } = version.document;
    const refs = await database.$transaction(async (tx) => {
      // A list without a picture stays as it is.
      if (!(await setThumbnail(tx, version.id, picture ? "ready" : "failed")) || !picture) return [];
      const { row } = await recordChange(
        tx,
        THUMBNAILER,
        { type: subjectType, id: subjectId },
        { op: backgroundOp("thumbnail"), details: { document_id: version.documentId }, at: new Date() },
      );
      return insertOutbox(tx, [row]);
    });
    await enqueuer.enqueue(refs);
  };

/** Turned upright as the camera was held, on white where it is transparent. The library is loaded for the first image. */
export async function makePicture(image: Buffer): Promise<Buffer> {
  const { default: sharp } = await import("sharp");
  return sharp(image, { limitInputPixels: MAX_PIXELS, failOn: "error" })
    .rotate()
    .resize(SIZE_PX, SIZE_PX, { fit: "inside", withoutEnlargement: true })
    .flatten({ background: "#ffffff" })
    .webp({ quality: 75 })
    .toBuffer()
    .catch((cause: unknown) => {
      throw new UnreadableImage("not readable as an image", { cause });
    });
}

class UnreadableImage extends Error {
  override readonly name = "UnreadableImage";
}

const isUnreadable = (error: unknown): boolean => error instanceof UnreadableImage;
