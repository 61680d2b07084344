import { isStorableText } from "@mgs/core/text";
import { cursorSchema } from "@mgs/records/lists/cursor";
import { z } from "zod";
import { DOSSIER_COLUMNS } from "./contract/columns";
import { MAX_CHARACTERS, PRIORITIES } from "./contract/rules";
import { DOSSIER_STATES, type DossierState, OUTCOMES, type Outcome } from "./contract/states";

/** What a list of dossiers is narrowed to, besides words. */
export type DossierFilter = {
  /** `D-2026-0042`: one dossier. */
  reference?: string | undefined;
  /** Those with work to do. */
  open?: boolean | undefined;
  state?: readonly DossierState[] | undefined;
  type?: readonly number[] | undefined;
  /** Places in `PRIORITIES`, from 1. */
  priority?: readonly number[] | undefined;
  assignee?: number | "nobody" | undefined;
  tag?: string | undefined;
  /** Open ones that are due from one date on, and before another. */
  due?: { from?: string | undefined; before?: string | undefined } | undefined;
  /** Opened from one day on, and before another, in Madagascar. */
  opened?: { from?: string | undefined; before?: string | undefined } | undefined;
  /** Address of what it was opened from. */
  origin?: string | undefined;
  /** Decided in such days and with such an outcome; a decision that was taken back counts as well. */
  decided?: { from?: string | undefined; before?: string | undefined; outcome?: Outcome | undefined } | undefined;
  /** Those on which an opinion is waited for: of that person or of the people of that role, and due before a day. */
  asked?: { userId?: number | undefined; role?: string | undefined; dueBefore?: string | undefined } | undefined;
};

const MAX_SEARCH_CHARACTERS = 200;
const MAX_PAGE = 100;
/** `?asked=role:direction`: the people of a role. */
export const ROLE_PREFIX = "role:";
const ASKED_ROLE = /^role:[a-z][a-z0-9-]{1,39}$/;
const id = z.coerce.number<string>({ error: "INVALID_ID" }).int({ error: "INVALID_ID" }).min(1).max(2_147_483_647);
const date = z.iso.date({ error: "INVALID_DATE" });
/** `?state=nouveau,en_cours`: one value or several. */
const several = <Output>(item: z.ZodType<Output, string>) =>
  z
    .string()
    .max(200, { error: "TOO_LONG" })
    .transform((text) => text.split(",").filter(Boolean))
    .pipe(z.array(item));

export const DOSSIER_SORTS = [
  "-opened",
  "opened",
  "due",
  "-due",
  "-updated",
  "updated",
  "-priority",
  "priority",
] as const;

/** The query of a list of dossiers. */
export const dossierQuery = z.strictObject({
  search: z
    .string()
    .max(MAX_SEARCH_CHARACTERS, { error: "TOO_LONG" })
    .refine(isStorableText, { error: "INVALID_TEXT" })
    .optional(),
  open: z.stringbool({ error: "INVALID_BOOLEAN" }).optional(),
  state: several(z.enum(DOSSIER_STATES, { error: "INVALID_CHOICE" })).optional(),
  type: several(id).optional(),
  priority: several(
    z.enum(PRIORITIES, { error: "INVALID_CHOICE" }).transform((name) => PRIORITIES.indexOf(name) + 1),
  ).optional(),
  assignee: z.union([z.literal("nobody"), z.literal("me"), id], { error: "INVALID_ID" }).optional(),
  tag: z
    .string()
    .max(MAX_CHARACTERS.tag, { error: "TOO_LONG" })
    .refine(isStorableText, { error: "INVALID_TEXT" })
    .optional(),
  /** Open ones whose due date has passed. */
  overdue: z.stringbool({ error: "INVALID_BOOLEAN" }).optional(),
  due_from: date.optional(),
  due_before: date.optional(),
  opened_from: date.optional(),
  opened_before: date.optional(),
  decided_from: date.optional(),
  decided_before: date.optional(),
  /** Those that were opened from that address, in another portal or program: its record's own dossiers. */
  origin: z
    .string()
    .max(MAX_CHARACTERS.originUrl, { error: "TOO_LONG" })
    .refine(isStorableText, { error: "INVALID_TEXT" })
    .optional(),
  /** Those with a decision of that outcome, in the days of `decided_from` and `decided_before`. */
  decision: z.enum(OUTCOMES, { error: "INVALID_CHOICE" }).optional(),
  /** Those on which an opinion is waited for: of the caller, of a person, or of the people of a role. */
  asked: z.union([z.literal("me"), id, z.string().regex(ASKED_ROLE)], { error: "INVALID_CHOICE" }).optional(),
  /** Those on which an opinion is late, of `asked` or of anybody. */
  asked_overdue: z.stringbool({ error: "INVALID_BOOLEAN" }).optional(),
  sort: z.enum(DOSSIER_SORTS, { error: "INVALID_CHOICE" }).default("-opened"),
  after: cursorSchema.optional(),
  before: cursorSchema.optional(),
  limit: z.coerce.number({ error: "INVALID_NUMBER" }).int({ error: "INVALID_NUMBER" }).min(1).max(MAX_PAGE).default(25),
});

/** The columns of the list that a person may hide or order; the reference always stands first. */
const columns = several(z.enum(DOSSIER_COLUMNS, { error: "INVALID_CHOICE" }));

/** The query that the list's page keeps in its address, and a saved view holds: all but the pages. */
export const dossierViewQuery = dossierQuery.omit({ after: true, before: true, limit: true }).extend({
  columns: columns.optional(),
});

/** The query of an export: the filters and the order of the list. */
export const exportDossiersQuery = dossierQuery.omit({ after: true, before: true, limit: true }).extend({
  format: z.enum(["csv", "xlsx"], { error: "INVALID_CHOICE" }).default("csv"),
});
