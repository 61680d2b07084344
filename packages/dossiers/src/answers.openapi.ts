import { z } from "zod";
import type { DossierDto, DossierSummary } from "./contract/dossier";
import { CONCERNED_KINDS, PRIORITIES } from "./contract/rules";
import { DOSSIER_STATES } from "./contract/states";

const person = z.object({ id: z.int(), name: z.string() });

const summary = z.object({
  id: z.int(),
  reference: z.string().meta({ examples: ["D-2026-0042"] }),
  title: z.string(),
  type: z.object({ id: z.int(), name: z.string() }),
  state: z.enum(DOSSIER_STATES),
  state_since: z.iso.datetime(),
  priority: z.enum(PRIORITIES),
  concerned: z.object({ kind: z.enum(CONCERNED_KINDS), name: z.string() }),
  due_on: z.iso.date().nullable(),
  overdue: z.boolean().meta({ description: "It is open, and its due date has passed in Madagascar" }),
  assignee: person.nullable(),
  tags: z.array(z.string()),
  created_at: z.iso.datetime(),
  updated_at: z.iso.datetime(),
  url: z.url().meta({ description: "Its page" }),
});

export const dossierSummaryAnswer = summary.meta({ id: "DossierSummary" }) satisfies z.ZodType<DossierSummary>;

export const dossierAnswer = summary
  .extend({
    description: z.string(),
    concerned: z.object({ kind: z.enum(CONCERNED_KINDS), name: z.string(), contact: z.string() }),
    state_reason: z.string(),
    custom: z.record(z.string(), z.unknown()).meta({ description: "Values of the type's own fields" }),
    created_by: person.nullable(),
    origin: z
      .object({ portal: z.string(), url: z.string(), title: z.string() })
      .nullable()
      .meta({ description: "What it was opened from, in another portal or program" }),
    version: z.int().meta({ description: "The number of its last change, which an edit carries" }),
  })
  .meta({ id: "Dossier" }) satisfies z.ZodType<DossierDto>;
