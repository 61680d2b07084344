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
import type { DrawnPage } from "./draw-page";
import { UndrawablePage } from "./undrawable-page";

const THUMBNAILER: Actor = { kind: "system", name: "thumbnailer" };

export const PDF = "application/pdf";
/** Twice the pixels that a list shows, for dense screens. */
export const SIZE_PX = 320;
const WEBP = { quality: 75 };
/** A larger picture would take the worker's memory; it has none. */
const MAX_PIXELS = 100_000_000;
const MAX_SOURCE_BYTES = 64 * 1024 * 1024;

/**
 * Makes the small picture of an image, or of a PDF's first page, and open pages of the record show it. A file that turns out not to be readable
 * as one has none, and neither has one that is too large. Files are read and drawn one after the other, so that their memory is that of one.
 */
export function createThumbnailMaker(
  services: () => DocumentServices = workerServices,
): OutboxHandler<OutboxPayload<typeof documentThumbnail>> {
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <Made>(make: () => Promise<Made>): Promise<Made> => {
    const made = last.then(make);
    last = made.catch(() => undefined);
    return made;
  };
  return async ({ database, enqueuer, logger, drawPdf }, { payload }) => {
    const version = await findVersion(database, payload.version_id);
    if (version?.thumbnail !== "pending") return;
    const { storage } = services().documents;
    const draw = async (): Promise<Buffer | null> => {
      if (version.bytes > MAX_SOURCE_BYTES) return null;
      const file = await buffer(await storage.read(fileKey(version.id)));
      if (version.mediaType !== PDF) return makePicture(file);
      return drawPdf ? pictureOfPage(await drawPdf(file, SIZE_PX)) : null;
    };
    const picture = await inTurn(draw).catch((error: unknown) => {
      if (!UNREADABLE.some((kind) => error instanceof kind)) throw error;
      logger.info({ version: version.id, err: error }, "a document cannot be drawn");
      return null;
    });
    if (picture) await storage.write(thumbnailKey(version.id), picture, "image/webp");
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
}

/** Turned upright as the camera was held, on white where it is transparent. The library is loaded for the first image. */
export async function makePicture(image: Buffer): Promise<Buffer> {
  const { default: sharp } = await import("sharp");
  return sharp(image, { limitInputPixels: MAX_PIXELS, failOn: "error" })
    .rotate()
    .resize(SIZE_PX, SIZE_PX, { fit: "inside", withoutEnlargement: true })
    .flatten({ background: "#ffffff" })
    .webp(WEBP)
    .toBuffer()
    .catch((cause: unknown) => {
      throw new UnreadableImage("not readable as an image", { cause });
    });
}

/** The small picture of a drawn page. */
export async function pictureOfPage({ width, height, pixels }: DrawnPage): Promise<Buffer> {
  const { default: sharp } = await import("sharp");
  return sharp(pixels, { raw: { width, height, channels: 4 } })
    .flatten({ background: "#ffffff" })
    .webp(WEBP)
    .toBuffer();
}

class UnreadableImage extends Error {
  override readonly name = "UnreadableImage";
}

const UNREADABLE = [FileMissing, UnreadableImage, UndrawablePage];
