import type { UserActor } from "@mgs/core/actor";
import type { PortalDeps } from "./portal-deps";

/** What people find with the command palette, in the order in which it is shown. */
export const PALETTE_GROUPS = ["records", "conversations", "people", "acts", "pages"] as const;
export type PaletteGroup = (typeof PALETTE_GROUPS)[number];

/** One thing that the command palette finds. */
export type PaletteItem = {
  /** Tells it from the others of its group. */
  id: string;
  title: string;
  /** What tells apart things of one name; empty without it. */
  detail: string;
  /** Address of its page; an absolute one where another portal has it. */
  href: string;
};

/** Things of one domain that the command palette finds. */
export type PaletteSource = {
  group: PaletteGroup;
  /**
   * Finds what a person may see, the best first. It answers nothing, and refuses nothing, where the person may not search.
   * @param words what was typed, trimmed, at most 100 characters; empty right after the palette was opened
   */
  search(deps: PortalDeps, actor: UserActor, words: string): Promise<readonly PaletteItem[]>;
};
