import type { UserActor } from "@mgs/core/actor";
import type { Locale } from "@mgs/core/locale";
import type { Portal } from "@mgs/core/portals";

/** Icons that entries have, by their names at lucide.dev; `packages/shell/src/layout/nav-items.tsx` draws them. */
export type IconName =
  | "app-window"
  | "bell"
  | "calendar-days"
  | "calendar-x"
  | "chart-column"
  | "circle-user"
  | "file-text"
  | "folder-open"
  | "folder-plus"
  | "heart-pulse"
  | "history"
  | "key-round"
  | "layout-dashboard"
  | "list-ordered"
  | "messages-square"
  | "monitor-smartphone"
  | "notebook-pen"
  | "radio-tower"
  | "scroll-text"
  | "send"
  | "shield-check"
  | "timer"
  | "users-round"
  | "wrench";

/** A page or an action of a domain that portals offer to their visitors. */
export type NavigationEntry = {
  /** Names the entry in the visitor's language. */
  label(locale: Locale): string;
  /**
   * Names it in a phone's bar, in 13 letters at most. It is a part of the label, so that voice control finds the entry by
   * the words that a person sees (WCAG 2.5.3).
   */
  shortLabel?(locale: Locale): string;
  /** A path, as the domain's `links.ts` makes it. */
  href: string;
  /** The portal that has the page; the others lead there. Default: each has its own. */
  home?: Portal;
  icon: IconName;
  /** Whether a visitor may open it, as the domain's `can` says; without this function every visitor may. */
  isOpenTo?(actor: UserActor): boolean;
  /** The portals that offer it; without this list every portal that has the module does. */
  portals?: readonly Portal[];
  /** The place among the entries of all modules: a smaller number stands first. */
  order: number;
};

/** Entries that a domain adds to the portals' own pages. */
export type Navigation = {
  /** Entries beside every page, and in a phone's bar. */
  pages?: readonly NavigationEntry[];
  /** Entries of the dashboard's list of actions. */
  quickActions?: readonly NavigationEntry[];
  /** Acts that the command palette alone offers, besides those of the dashboard. */
  acts?: readonly NavigationEntry[];
  /** Entries of the account pages. */
  account?: readonly NavigationEntry[];
};
