import { optionalText, requiredText } from "@mgs/core/text-schema";
import { isUserId } from "@mgs/core/user-id";
import { z } from "zod";
import { CONCERNED_KINDS, MAX_CHARACTERS, MAX_TAGS, PRIORITIES } from "./contract/rules";

const id = z.int({ error: "INVALID_ID" }).refine(isUserId, { error: "INVALID_ID" });
/** A date without a time, `2026-11-30`. */
export const day = z.iso.date({ error: "INVALID_DATE" });

const tags = z
  .array(requiredText(MAX_CHARACTERS.tag), { error: "INVALID_VALUE" })
  .max(MAX_TAGS, { error: "TOO_MANY" })
  .transform((all) => [...new Set(all)]);

const concerned = z.strictObject({
  kind: z.enum(CONCERNED_KINDS, { error: "INVALID_CHOICE" }),
  name: requiredText(MAX_CHARACTERS.concerned),
  contact: optionalText(MAX_CHARACTERS.contact),
});

/** What a person may say of a dossier, when they open it and later. */
const fields = {
  title: requiredText(MAX_CHARACTERS.title),
  description: optionalText(MAX_CHARACTERS.description),
  concerned,
  priority: z.enum(PRIORITIES, { error: "INVALID_CHOICE" }),
  due_on: day.nullable(),
  assignee_id: id.nullable(),
  tags,
  custom: z.record(z.string().max(64), z.unknown(), { error: "INVALID_VALUE" }),
};

/** What a dossier was opened from, in another portal or program. */
const origin = z.strictObject({
  portal: requiredText(64),
  url: z.url({ protocol: /^https?$/, error: "INVALID_URL" }).max(MAX_CHARACTERS.originUrl, { error: "TOO_LONG" }),
  title: optionalText(MAX_CHARACTERS.title),
});

/** Input of the opening. Without a due date or an assignee the type's own hold; null is none. */
export const openDossierInput = z.strictObject({
  ...fields,
  type_id: id,
  priority: fields.priority.default("normale"),
  due_on: fields.due_on.optional(),
  assignee_id: fields.assignee_id.optional(),
  tags: fields.tags.default([]),
  custom: fields.custom.default({}),
  origin: origin.optional(),
});

/** Input of an edit: the fields of the form, and the number of the last change that it was made with. */
export const editDossierInput = z.strictObject({
  ...z.strictObject(fields).partial().shape,
  description: requiredText(MAX_CHARACTERS.description).or(z.literal("")).optional(),
  version: z.int({ error: "INVALID_NUMBER" }).min(0, { error: "INVALID_NUMBER" }),
});
