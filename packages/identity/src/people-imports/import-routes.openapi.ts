import type { DocsOfRoutes } from "@mgs/http/route-docs";
import { z } from "zod";
import type { importRoutes } from "./import-routes";

const PEOPLE = { name: "people" };

/** Documentation of the routes, without what their declarations contain. */
export const importOpenApi: DocsOfRoutes<typeof importRoutes> = {
  "POST /api/people/imports": {
    tag: PEOPLE,
    id: "checkPeopleFile",
    summary: "Check a file of people (CSV), for administrators at work in Administration. Nothing is changed",
    description:
      "A header line names the columns in French or English: name and e-mail address, and first name, role and language if wanted. A " +
      "column of passwords is refused. The console's page shows what each line would do, and starts the import.\n",
    body: {
      mediaTypes: ["multipart/form-data"],
      schema: z.object({
        file: z.string().meta({ format: "binary", description: "At most 5 MiB and 50,000 lines" }),
        role: z.string().optional().meta({ description: "Role of new people whose line names none" }),
      }),
    },
    answers: {
      201: { description: "The check, by its id", data: z.object({ id: z.uuid() }) },
      303: { description: "A browser's form: to the page of the check", body: z.string(), mediaType: "text/plain" },
    },
  },
  "GET /api/people/imports/{id}/problems": {
    tag: PEOPLE,
    id: "exportImportProblems",
    summary: "All that is wrong with one's own checked file, as CSV with a line for each problem",
    params: z.object({ id: z.uuid() }),
    answers: { 200: { description: "In the order of the file", body: z.string(), mediaType: "text/csv" } },
    refusals: { NOT_FOUND: "there is no such check, or it is somebody else's" },
  },
};
