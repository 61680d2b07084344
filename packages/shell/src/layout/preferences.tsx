"use client";
import type { Locale, Theme } from "@mgs/core/locale";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useTranslations } from "../intl";
import { sessionFetch } from "../leave";
import { useShell } from "../shell-context";
import { say } from "../toasts/say";

type Preferences = { locale: Locale; theme: Theme };

function paint(theme: Theme): void {
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

/** The person's language and theme, in all portals. A theme shows at once; a refusal puts the old one back. */
export function usePreferences() {
  const t = useTranslations("shell.user");
  const router = useRouter();
  const { user } = useShell();
  const [theme, setTheme] = useState(user.theme);
  const [pending, setPending] = useState(false);

  async function save(change: Partial<Preferences>): Promise<boolean> {
    setPending(true);
    const response = await sessionFetch("/api/me", {
      method: "PATCH",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(change),
    }).catch(() => null);
    setPending(false);
    if (response?.ok) {
      router.refresh();
      return true;
    }
    say(t("saveFailed"), "danger");
    return false;
  }

  return {
    locale: user.locale,
    theme,
    pending,
    chooseLocale: (locale: Locale) => save({ locale }),
    async chooseTheme(next: Theme): Promise<boolean> {
      const before = theme;
      setTheme(next);
      paint(next);
      const saved = await save({ theme: next });
      if (!saved) {
        setTheme(before);
        paint(before);
      }
      return saved;
    },
  };
}
