import { isStorableText } from "@mgs/core/text";
import { optionalText, requiredText } from "@mgs/core/text-schema";
import { isUserId } from "@mgs/core/user-id";
import { cursorSchema } from "@mgs/records/lists/cursor";
import { z } from "zod";
import { MAX_CHARACTERS, MAX_PARTICIPANTS } from "../contract/rules";

const id = z.int({ error: "INVALID_ID" }).refine(isUserId, { error: "INVALID_ID" });
/** A time with its offset; years that PostgreSQL and people both know. */
const time = z.iso
  .datetime({ offset: true, error: "INVALID_DATE" })
  .refine((text) => /^[12]\d{3}-/.test(text), { error: "INVALID_DATE" })
  .transform((text) => new Date(text));

const fields = {
  title: requiredText(MAX_CHARACTERS.title),
  place: optionalText(MAX_CHARACTERS.place),
  starts_at: time,
  ends_at: time,
  is_public: z.boolean({ error: "INVALID_BOOLEAN" }),
  dossier_id: id.nullable(),
  participants: z
    .array(id, { error: "INVALID_VALUE" })
    .max(MAX_PARTICIPANTS, { error: "TOO_MANY" })
    .transform((all) => [...new Set(all)].sort((a, b) => a - b)),
};

export const newSeanceInput = z.strictObject({
  ...fields,
  is_public: fields.is_public.default(false),
  dossier_id: fields.dossier_id.default(null),
  participants: fields.participants.default([]),
});

/** Input of an edit: what changes, and the number of the last change that it was made with. */
export const editSeanceInput = z.strictObject({
  ...z.strictObject(fields).partial().shape,
  place: requiredText(MAX_CHARACTERS.place).or(z.literal("")).optional(),
  version: z.int({ error: "INVALID_NUMBER" }).min(0, { error: "INVALID_NUMBER" }),
});

/** The query of a list of sessions. */
export const seanceQuery = z.strictObject({
  /** Words of the title and the place. */
  search: z.string().max(200, { error: "TOO_LONG" }).refine(isStorableText, { error: "INVALID_TEXT" }).optional(),
  from: time.optional(),
  before_time: time.optional(),
  dossier: z.coerce.number<string>({ error: "INVALID_ID" }).refine(isUserId, { error: "INVALID_ID" }).optional(),
  /** Those that were cancelled, and can be restored. */
  deleted: z.stringbool({ error: "INVALID_BOOLEAN" }).optional(),
  sort: z.enum(["starts", "-starts"], { error: "INVALID_CHOICE" }).default("starts"),
  after: cursorSchema.optional(),
  before: cursorSchema.optional(),
  limit: z.coerce.number({ error: "INVALID_NUMBER" }).int({ error: "INVALID_NUMBER" }).min(1).max(100).default(25),
});
