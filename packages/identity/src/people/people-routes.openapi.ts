import type { DocsOfRoutes } from "@mgs/http/route-docs";
import { z } from "zod";
import { roleName, roleSlug } from "../openapi-schemas";
import { exportPeopleInput } from "./export-people";
import { listPeopleInput } from "./people-filter";
import type { ListedPerson, peopleRoutes } from "./people-routes";

const PEOPLE = { name: "people" };

const person = z
  .object({
    id: z.int(),
    name: z.string(),
    email: z.string(),
    role: roleSlug,
    role_name: roleName,
    locale: z.string().meta({ description: "Language of the person, `fr` or `en`" }),
    disabled: z.boolean(),
    invited: z.boolean().meta({ description: "They have never had a password" }),
    password_must_change: z.boolean().meta({
      description: "They have to choose another password: at the next sign-in, or by a link where theirs was withdrawn",
    }),
    second_factor: z.boolean().meta({ description: "They have a passkey or an authenticator app" }),
    locked: z.boolean().meta({ description: "Failed sign-ins make others wait" }),
    created_at: z.iso.datetime(),
    last_seen_at: z.iso.datetime().nullable(),
    sessions: z.int().min(0).meta({ description: "Sign-ins that go on, one a device" }),
  })
  .meta({ id: "Person" }) satisfies z.ZodType<ListedPerson>;

const cursor = (description: string) => z.string().optional().meta({ param: { description } });
const { search, role, state, factor, lock, sort, limit } = listPeopleInput.shape;

/** Documentation of the routes, without what their declarations contain. */
export const peopleOpenApi: DocsOfRoutes<typeof peopleRoutes> = {
  "GET /api/people": {
    tag: PEOPLE,
    id: "listPeople",
    summary:
      "Every account with its state, by pages, for programs and for people whose role has the permission `people.read`",
    query: z.object({
      ...{ search, role, state, factor, lock, sort, limit },
      after: cursor("`next` of a page: what comes after it"),
      before: cursor("`previous` of a page: what comes before it"),
    }),
    answers: {
      200: {
        description: "A page. Its ends are values, so the last page costs what the first does",
        data: z.object({
          items: z.array(person),
          previous: z.string().nullable(),
          next: z.string().nullable(),
        }),
      },
    },
    refusals: { VALIDATION_ERROR: true },
  },
  "GET /api/people/export": {
    tag: PEOPLE,
    id: "exportPeople",
    summary:
      "The accounts that pass the filters as CSV, for administrators at work in Administration; an event of the audit trail",
    query: exportPeopleInput,
    answers: {
      200: { description: "In the order asked for, sent while it is read", body: z.string(), mediaType: "text/csv" },
      303: {
        description: "To the page that asks a browser for a fresh proof",
        body: z.string(),
        mediaType: "text/plain",
      },
    },
    refusals: { PROOF_REQUIRED: "the person has not proved their identity within ten minutes", VALIDATION_ERROR: true },
  },
};
