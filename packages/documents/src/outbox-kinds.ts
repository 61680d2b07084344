import { defineOutboxKind } from "@mgs/jobs/outbox-kind";
import { z } from "zod";

const payload = z.object({ version_id: z.string() });

/** A small picture of an image, or of a PDF's first page, is made. */
export const documentThumbnail = defineOutboxKind({ kind: "document.thumbnail", queue: "default", payload });

/** How long a file waits for a scanner that is down: some five days, asked every few minutes. */
const SCAN_RETRIES = { maxAttempts: 2_000, maxDelayMs: 300_000 };

/** The virus scanner looks at a file; until then nobody can open it. */
export const documentScan = defineOutboxKind({
  ...{ kind: "document.scan", queue: "default", payload, isUrgent: true },
  retries: SCAN_RETRIES,
});
