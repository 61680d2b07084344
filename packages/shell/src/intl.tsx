"use client";
import type { Locale } from "@mgs/core/locale";
import type { Messages } from "@mgs/i18n/catalogue";
import { type At, createTranslator, type Namespace, type Translator } from "@mgs/i18n/translator";
import { createContext, type ReactNode, useContext, useMemo } from "react";

/** What pages need in the browser; the texts of e-mails, of API errors and of the console stay on the server. */
export type ClientMessages = Omit<Messages, "email" | "errors" | "console">;

type Texts = { locale: Locale; messages: ClientMessages; timeZone: string };

const TextsContext = createContext<Texts | null>(null);

/** Gives everything below its language, its texts and its time zone. */
export function TextsProvider({ locale, messages, timeZone, children }: Texts & { children: ReactNode }) {
  const texts = useMemo(() => ({ locale, messages, timeZone }), [locale, messages, timeZone]);
  return <TextsContext value={texts}>{children}</TextsContext>;
}

function useTexts(): Texts {
  const texts = useContext(TextsContext);
  if (!texts) throw new Error("TextsProvider is missing above");
  return texts;
}

/** The texts of one group, such as `shell.nav`; a key that the catalogue lacks does not compile. */
export function useTranslations<N extends Namespace<ClientMessages>>(namespace: N): Translator<At<ClientMessages, N>> {
  const { locale, messages } = useTexts();
  return useMemo(() => createTranslator(locale, messages, namespace), [locale, messages, namespace]);
}

export function useLocale(): Locale {
  return useTexts().locale;
}

/** The zone that times are written in. */
export function useTimeZone(): string {
  return useTexts().timeZone;
}
