import type { DocsOfRoutes } from "@mgs/http/route-docs";
import { z } from "zod";
import type { SeanceDto } from "../contract/seance";
import { editSeanceInput, newSeanceInput, seanceQuery } from "./seance-input";
import type { seanceRoutes } from "./seance-routes";

const SESSIONS = {
  name: "sessions",
  description:
    "Sessions (“séances”) with their participants, in Gestion-Dossier. A person sees those that they take part in, have made, or whose dossier they see",
};
const params = z.object({ id: z.string() });
const NOT_FOUND = { SESSION_NOT_FOUND: "none with this id, or none for the caller" } as const;
const headers = z.object({
  "Idempotency-Key": z
    .string()
    .optional()
    .meta({ header: { description: "A repetition within 24 h gets the first answer" } }),
});
const person = z.object({ id: z.int(), name: z.string() });

const seanceAnswer = z
  .object({
    id: z.int(),
    title: z.string(),
    place: z.string(),
    starts_at: z.iso.datetime(),
    ends_at: z.iso.datetime(),
    is_public: z.boolean().meta({ description: "Whoever knows its number may hear its comments" }),
    dossier: z
      .object({ id: z.int(), reference: z.string(), title: z.string() })
      .nullable()
      .meta({ description: "The dossier that it is about, where the caller sees it" }),
    participants: z.array(person),
    substitutes: z.array(person.extend({ for: person })).meta({
      description: "Who stands in for somebody who is absent: they see it and hear of it as that person does",
    }),
    created_by: person.nullable(),
    created_at: z.iso.datetime(),
    deleted_at: z.iso
      .datetime()
      .nullable()
      .meta({ description: "When it was cancelled; it can be restored for 30 days" }),
    version: z.int().meta({ description: "The number of its last change, which an edit carries" }),
    url: z.url().meta({ description: "Its page" }),
  })
  .meta({ id: "Session" }) satisfies z.ZodType<SeanceDto>;

const example = {
  title: "Commission d’urbanisme",
  place: "Salle 3",
  starts_at: "2026-12-04T09:00:00+03:00",
  ends_at: "2026-12-04T11:00:00+03:00",
  participants: [2, 3],
};

export const seanceOpenApi: DocsOfRoutes<typeof seanceRoutes> = {
  "GET /api/sessions": {
    tag: SESSIONS,
    id: "listSessions",
    summary: "The sessions that the caller sees, by pages",
    query: seanceQuery,
    answers: {
      200: {
        description: "A page",
        data: z.object({
          items: z.array(seanceAnswer),
          previous: z.string().nullable(),
          next: z.string().nullable(),
        }),
      },
    },
    refusals: { VALIDATION_ERROR: true },
  },
  "POST /api/sessions": {
    tag: SESSIONS,
    id: "createSession",
    summary: "Make a session; its participants hear of it",
    headers,
    body: { schema: newSeanceInput, example },
    answers: { 201: { description: "The session", data: seanceAnswer } },
    refusals: { IDEMPOTENCY_CONFLICT: "the key was used for other values" },
  },
  "GET /api/sessions/{id}": {
    tag: SESSIONS,
    id: "getSession",
    summary: "A session, also one that was cancelled",
    params,
    answers: { 200: { description: "The session", data: seanceAnswer } },
    refusals: NOT_FOUND,
  },
  "PATCH /api/sessions/{id}": {
    tag: SESSIONS,
    id: "editSession",
    summary: "Change a session; what others have changed since `version`, and the body has not, stays theirs",
    params,
    body: { schema: editSeanceInput, example: { place: "Salle 4", version: 1 } },
    answers: { 200: { description: "The session after the change", data: seanceAnswer } },
    refusals: {
      ...NOT_FOUND,
      EDIT_CONFLICT: "a field was changed by somebody else; `error.data.conflicts` has its values",
    },
  },
  "DELETE /api/sessions/{id}": {
    tag: SESSIONS,
    id: "cancelSession",
    summary: "Cancel a session; it can be restored for 30 days",
    params,
    answers: { 200: { description: "The session as it was cancelled", data: seanceAnswer } },
    refusals: NOT_FOUND,
  },
  "POST /api/sessions/{id}/restore": {
    tag: SESSIONS,
    id: "restoreSession",
    summary: "Restore a session that was cancelled in the last 30 days",
    params,
    answers: { 200: { description: "The session", data: seanceAnswer } },
    refusals: NOT_FOUND,
  },
};
