import { type Actor, requireUser } from "@mgs/core/actor";
import { isStorableText } from "@mgs/core/text";
import { validate } from "@mgs/core/validate";
import { PALETTE_GROUPS, type PaletteGroup, type PaletteItem, type PaletteSource } from "@mgs/module/palette";
import type { PortalDeps } from "@mgs/module/portal-deps";
import { z } from "zod";

const MAX_SEARCH_CHARACTERS = 100;
/** Items of one group that are shown. */
const MAX_ITEMS = 8;

export const paletteQuery = z.strictObject({
  search: z
    .string()
    .trim()
    .max(MAX_SEARCH_CHARACTERS, { error: "TOO_LONG" })
    .refine(isStorableText, { error: "INVALID_TEXT" })
    .default(""),
});

export type Palette = { groups: { group: PaletteGroup; items: PaletteItem[] }[] };

/**
 * Finds records, people, acts and pages by what was typed, within what the person may see.
 * @throws AppError VALIDATION_ERROR; FORBIDDEN for programs
 */
export async function searchPalette(
  deps: PortalDeps & { paletteSources(): Promise<readonly PaletteSource[]> },
  actor: Actor,
  input: unknown,
): Promise<Palette> {
  const user = requireUser(actor);
  const { search } = validate(paletteQuery, input);
  const sources = await deps.paletteSources();
  const found = await Promise.all(
    sources.map(async (source) => ({
      group: source.group,
      // What one domain cannot answer is no reason to show nothing of the others.
      items: await source.search(deps, user, search).catch((error: unknown) => {
        deps.logger.error({ err: error }, "a part of the command palette failed");
        return [];
      }),
    })),
  );
  const groups = PALETTE_GROUPS.map((group) => ({
    group,
    items: found.filter((one) => one.group === group).flatMap(({ items }) => items.slice(0, MAX_ITEMS)),
  }));
  return { groups: groups.filter(({ items }) => items.length > 0) };
}
