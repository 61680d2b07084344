import type { DocsOfRoutes } from "@mgs/http/route-docs";
import { z } from "zod";
import { OPINION_STATES, type OpinionDto, VERDICTS } from "../contract/opinions";
import { opinionAnswerInput } from "./answer-opinion";
import { newOpinionInput } from "./ask-opinion";
import type { opinionRoutes } from "./opinion-routes";

const tag = { name: "dossiers" };
const params = z.object({ id: z.string() });
const oneParams = z.object({ id: z.string(), opinionId: z.string() });
const NOT_FOUND = { DOSSIER_NOT_FOUND: "none with this id, or none for the caller" } as const;
const ONE_NOT_FOUND = { ...NOT_FOUND, SUBJECT_NOT_FOUND: "the dossier has no such opinion" } as const;
const person = z.object({ id: z.int(), name: z.string() });

export const askedAnswer = z.union([
  z.object({ kind: z.literal("person"), id: z.int(), name: z.string() }),
  z.object({ kind: z.literal("role"), slug: z.string(), name: z.string() }),
]);

const opinionAnswer = z
  .object({
    id: z.uuid(),
    asked: askedAnswer,
    asked_by: person.nullable(),
    asked_at: z.iso.datetime(),
    due_on: z.iso.date().nullable(),
    state: z.enum(OPINION_STATES),
    overdue: z.boolean().meta({ description: "It is open, and its due date has passed in Madagascar" }),
    question: z.string().nullable().meta({ description: "Null for who may not read it, as are verdict and answer" }),
    verdict: z.enum(VERDICTS).nullable(),
    answer: z.string().nullable(),
    answered_by: person.nullable(),
    answered_at: z.iso.datetime().nullable(),
    thread_id: z.uuid().nullable().meta({ description: "Its own thread of comments" }),
    may: z.object({ answer: z.boolean(), withdraw: z.boolean() }),
  })
  .meta({ id: "DossierOpinion" }) satisfies z.ZodType<OpinionDto>;

export const opinionOpenApi: DocsOfRoutes<ReturnType<typeof opinionRoutes>> = {
  "GET /api/dossiers/{id}/opinions": {
    tag,
    id: "listDossierOpinions",
    summary: "The opinions on a dossier, each as far as the caller may read it",
    params,
    answers: { 200: { description: "The newest first", data: z.array(opinionAnswer) } },
    refusals: NOT_FOUND,
  },
  "POST /api/dossiers/{id}/opinions": {
    tag,
    id: "askDossierOpinion",
    summary: "Ask a colleague or the people of a role for an opinion; they see the dossier from then on",
    params,
    headers: z.object({
      "Idempotency-Key": z
        .string()
        .optional()
        .meta({ header: { description: "A repetition within 24 h gets the first answer" } }),
    }),
    body: {
      schema: newOpinionInput,
      example: { user_id: 3, question: "Le plan est-il conforme ?", due_on: "2026-12-11" },
    },
    answers: { 201: { description: "The opinion", data: opinionAnswer } },
    refusals: { ...NOT_FOUND, IDEMPOTENCY_CONFLICT: "the key was used for other values" },
  },
  "POST /api/dossiers/{id}/opinions/{opinionId}/answer": {
    tag,
    id: "answerDossierOpinion",
    summary: "Give an opinion, or none with a reason",
    params: oneParams,
    body: { schema: opinionAnswerInput, example: { verdict: "reserve", answer: "Sous réserve d’un accès pompiers." } },
    answers: { 200: { description: "The opinion", data: opinionAnswer } },
    refusals: { ...ONE_NOT_FOUND, CONFLICT: "it is answered or withdrawn" },
  },
  "POST /api/dossiers/{id}/opinions/{opinionId}/withdraw": {
    tag,
    id: "withdrawDossierOpinion",
    summary: "Withdraw a request for an opinion",
    params: oneParams,
    answers: { 200: { description: "The opinion", data: opinionAnswer } },
    refusals: { ...ONE_NOT_FOUND, CONFLICT: "it is answered or withdrawn" },
  },
};
