"use client";
import type { Locale, Theme } from "@mgs/core/locale";
import { meApiPath } from "@mgs/identity/links";
import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import { useTranslations } from "../intl";
import { sessionFetch, setDirty, waitForSession } from "../page-session";
import { useShell } from "../shell-context";
import { showMessage } from "../toasts/show-message";

type Preferences = { locale: Locale; theme: Theme; time_zone: string | null };

function applyTheme(theme: Theme): void {
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

/** The last change that was sent. Menu and profile send one after the other, so that the later of two quick choices stays. */
let lastSave: Promise<boolean> = Promise.resolve(true);

/** Reads and saves the person's language, theme and time zone, for all portals. A refused theme is taken back. */
export function usePreferences() {
  const t = useTranslations("shell");
  const router = useRouter();
  const { user } = useShell();
  const [theme, setTheme] = useState(user.theme);
  const savedTheme = useRef(user.theme);
  const [pending, setPending] = useState(false);

  async function send(change: Partial<Preferences>): Promise<boolean> {
    // A choice counts as unsent text: after the end of the session it waits on this page for the next sign-in.
    setDirty(change, true);
    const response = await sessionFetch(meApiPath(), {
      method: "PATCH",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(change),
    }).catch(() => null);
    if (response?.status === 401) {
      await waitForSession();
      return send(change);
    }
    setDirty(change, false);
    if (response?.ok) return true;
    showMessage(t(response === null ? "noAnswer" : "user.saveFailed"), "danger");
    return false;
  }

  /** @returns whether the change was saved, and whether it is still the latest one */
  async function save(change: Partial<Preferences>): Promise<{ saved: boolean; isLatest: boolean }> {
    setPending(true);
    const ownSave = lastSave.then(() => send(change));
    lastSave = ownSave;
    const saved = await ownSave;
    const isLatest = lastSave === ownSave;
    if (isLatest) setPending(false);
    if (saved && isLatest) router.refresh();
    return { saved, isLatest };
  }

  return {
    locale: user.locale,
    theme,
    pending,
    timeZone: user.timeZone,
    chooseTimeZone: async (time_zone: string | null) => (await save({ time_zone })).saved,
    chooseLocale: async (locale: Locale) => (await save({ locale })).saved,
    async chooseTheme(next: Theme): Promise<boolean> {
      setTheme(next);
      applyTheme(next);
      const { saved, isLatest } = await save({ theme: next });
      if (saved) savedTheme.current = next;
      else if (isLatest) {
        setTheme(savedTheme.current);
        applyTheme(savedTheme.current);
      }
      return saved;
    },
  };
}
