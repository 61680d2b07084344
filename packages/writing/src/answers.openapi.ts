import { z } from "zod";

/** Somebody whom a text can name, as the API tells it. */
export const mentionableAnswer = z.object({
  key: z.string(),
  kind: z.enum(["person", "role", "followers"]),
  name: z.string(),
  sees: z.boolean().meta({ description: "False: they have to be given access first" }),
});

/** What somebody has typed and not sent, as the API tells it. */
export const draftAnswer = z
  .object({
    place: z
      .string()
      .meta({ description: "Empty in the open discussion, else `thread:`, `reply:` or `edit:` and an id" }),
    content: z.string(),
    mentioned: z.array(z.object({ key: z.string(), name: z.string() })),
    updated_at: z.iso.datetime(),
    version: z.int().meta({ description: "A new number with each change" }),
    writer: z.string().meta({ description: "Who changed it last; empty when they did not say" }),
  })
  .meta({ id: "TextDraft" });
