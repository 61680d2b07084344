import { requiredText } from "@mgs/core/text-schema";
import { isUserId } from "@mgs/core/user-id";
import { z } from "zod";
import {
  FIELD_KEY_PATTERN,
  FIELD_KINDS,
  MAX_CHOICES,
  MAX_DUE_WORKING_DAYS,
  MAX_FIELDS,
  MAX_PIECES,
} from "../contract/dossier-types";

const MAX_NAME_CHARACTERS = 100;
const name = requiredText(MAX_NAME_CHARACTERS);
const names = z.strictObject({ fr: name, en: name });

const field = z
  .strictObject({
    key: z.string({ error: "REQUIRED" }).regex(FIELD_KEY_PATTERN, { error: "INVALID_VALUE" }),
    label: names,
    kind: z.enum(FIELD_KINDS, { error: "INVALID_CHOICE" }),
    required: z.boolean({ error: "INVALID_BOOLEAN" }).default(false),
    choices: z
      .array(name)
      .max(MAX_CHOICES, { error: "TOO_MANY" })
      .transform((all) => [...new Set(all)])
      .optional(),
    hidden: z.boolean({ error: "INVALID_BOOLEAN" }).optional(),
  })
  .superRefine(({ kind, choices = [] }, context) => {
    if (kind === "choice" && choices.length === 0)
      context.addIssue({ code: "custom", path: ["choices"], message: "REQUIRED" });
  })
  .register(z.globalRegistry, { description: "A `choice` has choices" });

const values = {
  name: names,
  fields: z
    .array(field)
    .max(MAX_FIELDS, { error: "TOO_MANY" })
    .superRefine((all, context) => {
      const keys = all.map(({ key }) => key);
      keys.forEach((key, place) => {
        if (keys.indexOf(key) < place)
          context.addIssue({ code: "custom", path: [place, "key"], message: "ALREADY_USED" });
      });
    })
    .register(z.globalRegistry, { description: "No two have the same key" }),
  pieces: z
    .array(z.strictObject({ name, required: z.boolean({ error: "INVALID_BOOLEAN" }).default(true) }))
    .max(MAX_PIECES, { error: "TOO_MANY" }),
  due_working_days: z
    .int({ error: "INVALID_NUMBER" })
    .min(0, { error: "INVALID_NUMBER" })
    .max(MAX_DUE_WORKING_DAYS, { error: "INVALID_NUMBER" })
    .nullable(),
  default_assignee_id: z.int({ error: "INVALID_ID" }).refine(isUserId, { error: "INVALID_ID" }).nullable(),
};

export const newTypeInput = z.strictObject({
  ...values,
  fields: values.fields.default([]),
  pieces: values.pieces.default([]),
  due_working_days: values.due_working_days.default(null),
  default_assignee_id: values.default_assignee_id.default(null),
});

/** What changes of a type, and the version that the change was made with. */
export const editTypeInput = z.strictObject({
  ...z.strictObject(values).partial().shape,
  archived: z.boolean({ error: "INVALID_BOOLEAN" }).optional(),
  version: z.int({ error: "INVALID_NUMBER" }).min(1, { error: "INVALID_NUMBER" }),
});
