import { defineOutboxKind } from "@mgs/jobs/outbox-kind";
import { z } from "zod";

const payload = z.object({ version_id: z.string() });

/** A small picture of an image is made. */
export const documentThumbnail = defineOutboxKind({ kind: "document.thumbnail", queue: "default", payload });

/** The virus scanner looks at a file; until then nobody can open it. */
export const documentScan = defineOutboxKind({ kind: "document.scan", queue: "default", payload, isUrgent: true });
