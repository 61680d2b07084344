import type { DocsOfRoutes } from "@mgs/http/route-docs";
import { z } from "zod";
import { PIECE_STATES, type PieceDto } from "../contract/pieces";
import { newPieceInput, pieceInput } from "./change-pieces";
import type { pieceRoutes } from "./piece-routes";

const tag = { name: "dossiers" };
const params = z.object({ id: z.string() });
const NOT_FOUND = { DOSSIER_NOT_FOUND: "none with this id, or none for the caller" } as const;

const pieceAnswer = z
  .object({
    id: z.uuid(),
    name: z.string(),
    required: z.boolean(),
    state: z.enum(PIECE_STATES),
    reason: z.string().meta({ description: "Why it was refused" }),
    document_id: z.uuid().nullable(),
    changed_at: z.iso.datetime(),
  })
  .meta({ id: "DossierPiece" }) satisfies z.ZodType<PieceDto>;

export const pieceOpenApi: DocsOfRoutes<typeof pieceRoutes> = {
  "GET /api/dossiers/{id}/pieces": {
    tag,
    id: "listDossierPieces",
    summary: "The checklist of a dossier",
    params,
    answers: { 200: { description: "In its order", data: z.array(pieceAnswer) } },
    refusals: NOT_FOUND,
  },
  "POST /api/dossiers/{id}/pieces": {
    tag,
    id: "askDossierPiece",
    summary: "Ask for another piece",
    params,
    body: { schema: newPieceInput, example: { name: "Extrait cadastral", required: true } },
    answers: { 201: { description: "The piece", data: pieceAnswer } },
    refusals: NOT_FOUND,
  },
  "PATCH /api/dossiers/{id}/pieces/{pieceId}": {
    tag,
    id: "changeDossierPiece",
    summary: "Note that a piece was received, refuse it with a reason, or ask for it again",
    params: z.object({ id: z.string(), pieceId: z.string() }),
    body: { schema: pieceInput, example: { from: "asked", state: "refused", reason: "Le plan est illisible." } },
    answers: { 200: { description: "The piece after the change", data: pieceAnswer } },
    refusals: {
      ...NOT_FOUND,
      SUBJECT_NOT_FOUND: "the dossier has no such piece",
      CONFLICT: "it has another state than the caller saw, which `error.data.state` tells",
    },
  },
};
