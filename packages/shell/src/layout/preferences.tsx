"use client";
import type { Locale, Theme } from "@mgs/core/locale";
import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import { useTranslations } from "../intl";
import { sessionFetch, sessionReturned, setDirty } from "../leave";
import { useShell } from "../shell-context";
import { say } from "../toasts/say";

type Preferences = { locale: Locale; theme: Theme; time_zone: string | null };

function paint(theme: Theme): void {
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

/** The last change on its way. Menu and profile take turns, so that of two quick choices the later one stays. */
let saving: Promise<boolean> = Promise.resolve(true);

/** The person's language, theme and time zone, in all portals. A theme shows at once; a refusal puts the old one back. */
export function usePreferences() {
  const t = useTranslations("shell");
  const router = useRouter();
  const { user } = useShell();
  const [theme, setTheme] = useState(user.theme);
  const kept = useRef(user.theme);
  const [pending, setPending] = useState(false);

  async function send(change: Partial<Preferences>): Promise<boolean> {
    // A choice is something typed: it waits here for the session, and is not lost on the way to the sign-in.
    setDirty(change, true);
    const response = await sessionFetch("/api/me", {
      method: "PATCH",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(change),
    }).catch(() => null);
    if (response?.status === 401) {
      await sessionReturned();
      return send(change);
    }
    setDirty(change, false);
    if (response?.ok) return true;
    say(t(response === null ? "noAnswer" : "user.saveFailed"), "danger");
    return false;
  }

  /** @returns whether it was saved, and whether nothing else was chosen meanwhile */
  async function save(change: Partial<Preferences>): Promise<{ saved: boolean; isLatest: boolean }> {
    setPending(true);
    const turn = saving.then(() => send(change));
    saving = turn;
    const saved = await turn;
    const isLatest = saving === turn;
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
      paint(next);
      const { saved, isLatest } = await save({ theme: next });
      if (saved) kept.current = next;
      else if (isLatest) {
        setTheme(kept.current);
        paint(kept.current);
      }
      return saved;
    },
  };
}
