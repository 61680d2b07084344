import type { DocsOfRoutes } from "@mgs/http/route-docs";
import { z } from "zod";
import { dossierAnswer, dossierSummaryAnswer } from "./answers.openapi";
import { boardQuery } from "./board/board-query";
import { editDossiersInput } from "./bulk/edit-dossiers";
import { DOSSIER_STATES } from "./contract/states";
import { dossierQuery, exportDossiersQuery } from "./dossier-filter";
import { editDossierInput, openDossierInput } from "./dossier-input";
import { stepInput } from "./record/take-step";
import type { dossierRoutes } from "./routes";

const DOSSIERS = {
  name: "dossiers",
  description: "Case files, in Gestion-Dossier. A person sees those that they have access to",
};
const params = z.object({ id: z.string() });
const NOT_FOUND = { DOSSIER_NOT_FOUND: "none with this id, or none for the caller" } as const;
const headers = z.object({
  "Idempotency-Key": z
    .string()
    .optional()
    .meta({ header: { description: "A repetition within 24 h gets the first answer" } }),
});

export const dossierOpenApi: DocsOfRoutes<typeof dossierRoutes> = {
  "GET /api/dossiers": {
    tag: DOSSIERS,
    id: "listDossiers",
    summary: "The dossiers that pass the filters and that the caller sees, by pages",
    query: dossierQuery,
    answers: {
      200: {
        description: "A page. Its ends are values, so the last page costs what the first does",
        data: z.object({
          items: z.array(dossierSummaryAnswer),
          previous: z.string().nullable(),
          next: z.string().nullable(),
        }),
      },
    },
    refusals: { VALIDATION_ERROR: true },
  },
  "POST /api/dossiers": {
    tag: DOSSIERS,
    id: "openDossier",
    summary: "Open a dossier; without a due date or an assignee its type's own hold",
    headers,
    body: {
      schema: openDossierInput,
      example: {
        title: "Permis de construire, lot 12",
        type_id: 1,
        concerned: { kind: "entreprise", name: "Rova Bâtiment SARL", contact: "034 00 000 00" },
      },
    },
    answers: { 201: { description: "The dossier with its number", data: dossierAnswer } },
    refusals: { IDEMPOTENCY_CONFLICT: "the key was used for other values" },
  },
  "GET /api/dossiers/export": {
    tag: DOSSIERS,
    id: "exportDossiers",
    summary: "The dossiers that pass the filters and that the caller sees, as a file",
    description:
      "With `format=xlsx` a workbook with real dates instead of CSV. Texts are in the caller's language, times are those of Madagascar. It is an event of the audit trail.",
    query: exportDossiersQuery,
    answers: {
      200: { description: "In the order asked for, sent while it is read", body: z.string(), mediaType: "text/csv" },
    },
    refusals: { VALIDATION_ERROR: true },
  },
  "GET /api/dossiers/board": {
    tag: DOSSIERS,
    id: "readDossierBoard",
    summary: "The dossiers that pass the filters and that the caller sees, in a column for each state",
    query: boardQuery,
    answers: {
      200: {
        description: "Each column with its count (1001: more than 1000) and its first page; the list has the others",
        data: z.array(
          z.object({
            state: z.enum(DOSSIER_STATES),
            count: z.int(),
            items: z.array(dossierSummaryAnswer),
            next: z.string().nullable(),
          }),
        ),
      },
    },
    refusals: { VALIDATION_ERROR: true },
  },
  "POST /api/dossiers/bulk": {
    tag: DOSSIERS,
    id: "editDossiers",
    summary: "Give several dossiers a priority or an assignee, each as an edit of its own",
    body: { schema: editDossiersInput, example: { ids: [1, 2], change: { priority: "haute" } } },
    answers: {
      200: {
        description: "What became of each",
        data: z.array(
          z.object({
            id: z.int(),
            reference: z.string().nullable(),
            refusal: z.string().nullable().meta({ description: "The code of its refusal; null: it has the value now" }),
          }),
        ),
      },
    },
  },
  "GET /api/dossiers/{id}": {
    tag: DOSSIERS,
    id: "getDossier",
    summary: "A dossier",
    params,
    answers: { 200: { description: "The dossier", data: dossierAnswer } },
    refusals: NOT_FOUND,
  },
  "PATCH /api/dossiers/{id}": {
    tag: DOSSIERS,
    id: "editDossier",
    summary: "Change fields of a dossier; what others have changed since `version`, and the body has not, stays theirs",
    params,
    body: { schema: editDossierInput, example: { title: "Permis de construire, lots 12 et 13", version: 3 } },
    answers: { 200: { description: "The dossier after the change", data: dossierAnswer } },
    refusals: {
      ...NOT_FOUND,
      EDIT_CONFLICT: "a field was changed by somebody else; `error.data.conflicts` has its values",
    },
  },
  "POST /api/dossiers/{id}/steps": {
    tag: DOSSIERS,
    id: "takeDossierStep",
    summary: "Move a dossier from the state that the caller saw to another",
    params,
    body: { schema: stepInput, example: { from: "nouveau", to: "en_cours" } },
    answers: { 200: { description: "The dossier after the step", data: dossierAnswer } },
    refusals: {
      ...NOT_FOUND,
      STEP_REFUSED: "there is no step from that state to the other",
      CONFLICT: "it has another state than the caller saw, which `error.data.state` tells",
    },
  },
};
