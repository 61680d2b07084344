import type { DocsOfRoutes } from "@mgs/http/route-docs";
import { z } from "zod";
import { type DossierTypeDto, FIELD_KINDS } from "../contract/dossier-types";
import { editTypeInput, newTypeInput } from "./type-input";
import type { typeRoutes } from "./type-routes";

const TYPES = {
  name: "dossier types",
  description: "What an administrator defines of dossiers: fields, checklist, due time",
};
const names = z.object({ fr: z.string(), en: z.string() });

const typeAnswer = z
  .object({
    id: z.int(),
    name: names,
    fields: z.array(
      z.object({
        key: z.string().meta({ description: "It never changes" }),
        label: names,
        kind: z.enum(FIELD_KINDS),
        required: z.boolean(),
        choices: z.array(z.string()).optional(),
        hidden: z
          .boolean()
          .optional()
          .meta({ description: "Forms show it no more; the values that dossiers have stay" }),
      }),
    ),
    pieces: z.array(z.object({ name: z.string(), required: z.boolean() })),
    due_working_days: z.int().nullable(),
    default_assignee_id: z.int().nullable(),
    archived: z.boolean(),
    version: z.int(),
  })
  .meta({ id: "DossierType" }) satisfies z.ZodType<DossierTypeDto>;

const example = {
  name: { fr: "Permis de construire", en: "Building permit" },
  fields: [{ key: "surface", label: { fr: "Surface", en: "Area" }, kind: "number", required: true }],
  pieces: [{ name: "Plan", required: true }],
  due_working_days: 20,
};

export const typeOpenApi: DocsOfRoutes<typeof typeRoutes> = {
  "GET /api/dossier-types": {
    tag: TYPES,
    id: "listDossierTypes",
    summary: "The types of dossiers; archived ones too for whoever defines them",
    answers: { 200: { description: "By name", data: z.array(typeAnswer) } },
  },
  "POST /api/dossier-types": {
    tag: TYPES,
    id: "createDossierType",
    summary: "Define a type of dossiers",
    body: { schema: newTypeInput, example },
    answers: { 201: { description: "The type", data: typeAnswer } },
  },
  "PATCH /api/dossier-types/{id}": {
    tag: TYPES,
    id: "editDossierType",
    summary:
      "Change a type of dossiers, archive it or restore it; a field that is left out is hidden, and its values stay",
    params: z.object({ id: z.string() }),
    body: { schema: editTypeInput, example: { due_working_days: 15, version: 1 } },
    answers: { 200: { description: "The type after the change", data: typeAnswer } },
    refusals: {
      SUBJECT_NOT_FOUND: "no such type",
      EDIT_CONFLICT: "somebody has changed it since `version`; `archived` alone holds all the same",
    },
  },
};
