import type { Actor } from "@mgs/core/actor";
import { insertOutbox } from "@mgs/jobs/outbox.repository";
import type { OutboxPayload } from "@mgs/jobs/outbox-kind";
import type { OutboxHandler } from "@mgs/module/outbox";
import { recordChange } from "@mgs/records/changes/record-change";
import { findVersion, setScan } from "../documents.repository";
import { type documentScan, documentThumbnail } from "../outbox-kinds";
import { type DocumentServices, workerServices } from "../services";
import { FileMissing } from "../storage/document-storage";
import { fileKey } from "../storage/keys";
import { createScanner } from "./scanner";

const SCANNER: Actor = { kind: "system", name: "virus-scanner" };

/**
 * Asks the virus scanner about a file. A clean one can be opened from then on, a harmful one is removed; while the scanner says nothing, the
 * outbox asks again.
 */
export const createDocumentScanner =
  (services: () => DocumentServices = workerServices): OutboxHandler<OutboxPayload<typeof documentScan>> =>
  async ({ database, enqueuer, logger }, { payload }) => {
    const version = await findVersion(database, payload.version_id);
    if (version?.scan !== "pending") return;
    const { storage, scanUrl } = services().documents;
    if (scanUrl === null) throw new Error("DOCUMENT_SCAN_URL is not set, and a document waits for the virus scanner");
    const file = await storage.read(fileKey(version.id)).catch((error: unknown) => {
      if (error instanceof FileMissing) return null;
      throw error;
    });
    if (!file) return;
    const verdict = await createScanner(scanUrl)(file);
    const { subjectType, subjectId } = version.document;
    const refs = await database.$transaction(async (tx) => {
      if (!(await setScan(tx, version.id, verdict))) return [];
      const next = verdict === "clean" && version.thumbnail === "pending";
      const { row } = await recordChange(
        tx,
        SCANNER,
        { type: subjectType, id: subjectId },
        {
          op: verdict === "clean" ? "document-scanned" : "document-infected",
          details: { document_id: version.documentId, name: version.name, version: version.version },
          at: new Date(),
        },
      );
      return insertOutbox(tx, [row, ...(next ? [documentThumbnail.row({ payload })] : [])]);
    });
    await enqueuer.enqueue(refs);
    if (verdict === "infected") {
      logger.warn({ version: version.id, document: version.documentId }, "the virus scanner refused a document");
      await storage.remove(fileKey(version.id));
    }
  };
