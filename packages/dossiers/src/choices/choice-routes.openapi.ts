import type { DocsOfRoutes } from "@mgs/http/route-docs";
import { z } from "zod";
import { askedAnswer } from "../opinions/opinion-routes.openapi";
import type { choiceRoutes } from "./choice-routes";
import { choicesQuery } from "./choices";

const tag = { name: "dossiers" };
const refusals = { VALIDATION_ERROR: true } as const;
const pageOf = (choice: z.ZodType) => ({
  200: { description: "A page, by name", data: z.object({ items: z.array(choice), next: z.string().nullable() }) },
});

export const choiceOpenApi: DocsOfRoutes<typeof choiceRoutes> = {
  "GET /api/dossiers/assignees": {
    ...{ tag, id: "listDossierAssignees", query: choicesQuery, refusals },
    summary: "Whom open dossiers that the caller sees are assigned to: the choices of `assignee`",
    answers: pageOf(z.object({ id: z.int(), name: z.string() })),
  },
  "GET /api/dossiers/asked": {
    ...{ tag, id: "listDossierAsked", query: choicesQuery, refusals },
    summary: "Of whom opinions on dossiers that the caller sees are waited for: the choices of `asked`",
    answers: pageOf(askedAnswer),
  },
  "GET /api/dossiers/askable-roles": {
    ...{ tag, id: "listAskableRoles", query: choicesQuery, refusals },
    summary: "The roles whose people can be asked for an opinion, for whose own role asks for some",
    answers: pageOf(z.object({ slug: z.string(), name: z.string() })),
  },
};
