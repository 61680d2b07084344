import type { DocsOfRoutes } from "@mgs/http/route-docs";
import { z } from "zod";
import type { journalRoutes } from "./routes";

/** Documentation of the routes, without what their declarations contain. */
export const journalOpenApi: DocsOfRoutes<typeof journalRoutes> = {
  "GET /api/audit/export": {
    tag: { name: "audit", description: "The audit trail" },
    id: "exportAuditTrail",
    summary: "The audit trail as CSV, for administrators at work in Administration; the export is an event itself",
    query: z.object({
      user_id: z
        .int()
        .optional()
        .meta({ param: { description: "Who acted, or whom it concerns" } }),
      group: z
        .string()
        .optional()
        .meta({ param: { description: "The part of an action before its dot" } }),
      ip: z.string().optional(),
      from: z.iso.datetime().optional(),
      to: z.iso.datetime().optional(),
    }),
    answers: {
      200: { description: "The newest event first, sent while it is read", body: z.string(), mediaType: "text/csv" },
      303: {
        description: "To the page that asks a browser for a fresh proof",
        body: z.string(),
        mediaType: "text/plain",
      },
    },
    refusals: { PROOF_REQUIRED: "the person has not proved their identity within ten minutes", VALIDATION_ERROR: true },
  },
};
