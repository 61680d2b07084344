import type { RouteTableDocs } from "@mgs/http/route-docs";
import { z } from "zod";
import { CHOSEN_STATUSES, type OwnPresence } from "../contract/own-presence";
import { type PersonPresence, SHOWN_STATUSES } from "../contract/presence";
import { OF_READER, PRESENCE } from "../route-docs.openapi";
import { presencesQuery } from "./list-presences";
import { presenceInput } from "./own-presence";

const person = z.object({
  user_id: z.int(),
  status: z.enum(SHOWN_STATUSES),
  last_seen_at: z.iso.datetime().nullable(),
}) satisfies z.ZodType<PersonPresence>;

const own = z
  .object({ status: z.enum(CHOSEN_STATUSES), until: z.iso.datetime().nullable(), shows_reads: z.boolean() })
  .meta({ id: "OwnPresence" }) satisfies z.ZodType<OwnPresence>;

/** Documentation of how people are seen. */
export const presenceDocs: RouteTableDocs = {
  "GET /api/presence": {
    ...{ tag: PRESENCE, id: "listPresences", query: presencesQuery },
    summary: "How some colleagues are seen now: up to 100 of them. News come on `private-presence.{id}`",
    answers: { 200: { description: "Those of them who are there", data: z.array(person) } },
    refusals: { VALIDATION_ERROR: true },
  },
  "GET /api/presence/me": {
    ...{ tag: PRESENCE, id: "getOwnPresence" },
    summary: "What the caller has chosen to be seen as",
    answers: { 200: { description: "The choice", data: own } },
    refusals: OF_READER,
  },
  "PUT /api/presence/me": {
    ...{ tag: PRESENCE, id: "chooseOwnPresence" },
    summary: "Choose how one is seen. Not to be disturbed (`dnd`) holds toasts and mails, and ends within seven days",
    body: { schema: presenceInput, example: { status: "dnd", until: "2026-12-01T05:00:00Z" } },
    answers: { 200: { description: "The choice", data: own } },
    refusals: OF_READER,
  },
  "POST /api/presence/me/use": {
    ...{ tag: PRESENCE, id: "noteUse" },
    summary: "Say that a page is in use: who says nothing for five minutes is away",
    answers: { 200: { description: "Noted", data: z.null() } },
  },
};
