import type { DocsOfRoutes } from "@mgs/http/route-docs";
import { z } from "zod";
import type { NoteDto } from "./list-notes";
import type { noteRoutes } from "./routes";
import { noteInput } from "./write-note";

const NOTES = { name: "notes", description: "One's own notes" };

const note = z
  .object({ id: z.uuid(), text: z.string(), created_at: z.iso.datetime() })
  .meta({ id: "Note" }) satisfies z.ZodType<NoteDto>;

/** Documentation of the routes, without what their declarations contain. */
export const noteOpenApi: DocsOfRoutes<typeof noteRoutes> = {
  "GET /api/notes": {
    tag: NOTES,
    id: "listNotes",
    summary: "The latest notes of the caller, the newest first",
    answers: { 200: { description: "At most 100", data: z.array(note) } },
  },
  "POST /api/notes": {
    tag: NOTES,
    id: "writeNote",
    summary: "Write a note",
    body: { schema: noteInput, example: { text: "Appeler Rivo" } },
    answers: { 201: { description: "Written", data: note.pick({ id: true, text: true }) } },
  },
};
