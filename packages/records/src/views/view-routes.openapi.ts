import type { DocsOfRoutes } from "@mgs/http/route-docs";
import { z } from "zod";
import type { ViewDto } from "./view-dto";
import { editViewInput, listViewsQuery, saveViewInput } from "./view-input";
import type { viewRoutes } from "./view-routes";

const VIEWS = { name: "views", description: "Saved filters, orders and columns of lists" };

const view = z
  .object({
    id: z.uuid(),
    list: z.string(),
    name: z.string(),
    query: z.string().meta({ description: "The query of the list", examples: ["sort=due&state=en_cours"] }),
    shared: z.boolean().meta({ description: "Everybody who may open the list has it" }),
    mine: z.boolean().meta({ description: "The caller may change and delete it" }),
    owner: z.object({ id: z.int(), name: z.string() }),
    deleted_at: z.iso.datetime().nullable(),
  })
  .meta({ id: "SavedView" }) satisfies z.ZodType<ViewDto>;

const params = z.object({ id: z.string() });
const NOT_FOUND = { NOT_FOUND: "none with this id, or somebody else's" } as const;
const scopes = ["dossiers:read", "dossiers:write"] as const;

/** Documentation of the routes of saved views. */
export const viewOpenApi: DocsOfRoutes<ReturnType<typeof viewRoutes>> = {
  "GET /api/views": {
    tag: VIEWS,
    id: "listViews",
    summary: "The views of a list: the caller's own, and those that others share",
    query: listViewsQuery,
    scopes,
    answers: { 200: { description: "By name", data: z.array(view) } },
    refusals: { VALIDATION_ERROR: "also for a list that the caller may not open" },
  },
  "POST /api/views": {
    tag: VIEWS,
    id: "saveView",
    summary: "Save a query of a list under a name",
    scopes,
    body: {
      schema: saveViewInput,
      example: { list: "dossiers", name: "Urgents en cours", query: "priority=urgente&state=en_cours" },
    },
    answers: { 201: { description: "The view", data: view } },
  },
  "PATCH /api/views/{id}": {
    tag: VIEWS,
    id: "editView",
    summary: "Rename a view of one's own, share it or give it another query",
    scopes,
    params,
    body: { schema: editViewInput, example: { shared: true } },
    answers: { 200: { description: "The view after the change", data: view } },
    refusals: NOT_FOUND,
  },
  "DELETE /api/views/{id}": {
    tag: VIEWS,
    id: "deleteView",
    summary: "Delete a view of one's own; it can be restored for 30 days",
    scopes,
    params,
    answers: { 200: { description: "It is gone", data: z.object({ id: z.uuid() }) } },
    refusals: NOT_FOUND,
  },
  "POST /api/views/{id}/restore": {
    tag: VIEWS,
    id: "restoreView",
    summary: "Restore a view of one's own that was deleted in the last 30 days",
    scopes,
    params,
    answers: { 200: { description: "The view", data: view } },
    refusals: {
      NOT_FOUND: "no deleted one with this id, or somebody else's",
      VALIDATION_ERROR: "another view of one's own has its name by now",
    },
  },
};
