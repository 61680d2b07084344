import { isBlank } from "@mgs/core/blank";
import { PORTALS } from "@mgs/core/portals";
import { isStorableText } from "@mgs/core/text";
import { z } from "zod";

const name = z
  .string({ error: "REQUIRED" })
  .trim()
  .max(60, { error: "TOO_LONG" })
  .refine((text) => !isBlank(text), { error: "REQUIRED" })
  .refine(isStorableText, { error: "INVALID_TEXT" });

const values = {
  name_fr: name,
  name_en: name,
  portals: z.array(z.enum(PORTALS, { error: "INVALID_CHOICE" })).transform((portals) => [...new Set(portals)]),
  permissions: z.array(z.string()).transform((permissions) => [...new Set(permissions)].sort()),
};

export const newRoleInput = z.strictObject({
  slug: z.string({ error: "REQUIRED" }).regex(/^[a-z][a-z0-9-]{1,39}$/, { error: "INVALID_SLUG" }),
  ...values,
});
export type NewRoleInput = z.input<typeof newRoleInput>;

export const roleInput = z.strictObject({ slug: z.string(), version: z.coerce.number().int(), ...values });
export type RoleInput = z.input<typeof roleInput>;
