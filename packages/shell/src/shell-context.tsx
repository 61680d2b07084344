"use client";
import type { Locale, Theme } from "@mgs/core/locale";
import type { Portal } from "@mgs/core/portals";
import { createContext, useContext } from "react";

/** The person signed in, as the shell shows them. */
export type ShellUser = {
  id: number;
  name: string;
  email: string;
  /** Name of their role, in their language. */
  roleName: string;
  locale: Locale;
  theme: Theme;
  /** The time zone that they have chosen; null for the browser's. */
  timeZone: string | null;
};

/** A portal that the person's role may open, and its public origin. */
export type PortalLink = { portal: Portal; url: string };

type ShellValue = {
  user: ShellUser;
  /** The sign-in of this device: row of `user_sessions`. */
  userSessionId: string;
  portal: Portal;
  portals: readonly PortalLink[];
};

export const ShellContext = createContext<ShellValue | null>(null);

/** Returns the person, their sign-in, this portal, and the portals that they may open. */
export function useShell(): ShellValue {
  const value = useContext(ShellContext);
  if (!value) throw new Error("ShellProviders is missing above");
  return value;
}
