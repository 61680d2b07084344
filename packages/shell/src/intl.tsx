"use client";
import type { Locale } from "@mgs/core/locale";
import type { Messages, ModuleMessages } from "@mgs/i18n/catalogue";
import { type At, createTranslator, type Namespace, type Translator } from "@mgs/i18n/translator";
import { createContext, type ReactNode, useContext, useMemo } from "react";

/** What pages may need in the browser; the texts of e-mails, of API errors and of the console stay on the server. */
export type ClientMessages = Omit<Messages, "email" | "errors" | "console"> & ModuleMessages;

/** A group of texts that a page gets as a whole. */
export type TextGroup = keyof ClientMessages & string;

/** A page has the groups that it needs, and no others. */
type Texts = { locale: Locale; messages: Partial<ClientMessages>; timeZone: string };

const TextsContext = createContext<Texts | null>(null);

/** Gives everything below its language, its texts and its time zone. */
export function TextsProvider({ locale, messages, timeZone, children }: Texts & { children: ReactNode }) {
  const texts = useMemo(() => ({ locale, messages, timeZone }), [locale, messages, timeZone]);
  return <TextsContext value={texts}>{children}</TextsContext>;
}

/** Adds groups of texts for everything below. */
export function PageTextsProvider({ messages, children }: Pick<Texts, "messages"> & { children: ReactNode }) {
  const around = useTexts();
  const texts = useMemo(() => ({ ...around, messages: { ...around.messages, ...messages } }), [around, messages]);
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
  if (process.env.NODE_ENV !== "production") requireGroup(messages, namespace);
  return useMemo(() => createTranslator(locale, messages as ClientMessages, namespace), [locale, messages, namespace]);
}

/** @throws Error while the page is developed or tested, where it does not get the group */
function requireGroup(messages: Partial<ClientMessages>, namespace: string): void {
  const [group = ""] = namespace.split(".");
  if (!Object.hasOwn(messages, group)) throw new Error(`the page needs <PageTexts groups={["${group}"]}>`);
}

export function useLocale(): Locale {
  return useTexts().locale;
}

/** The zone that times are written in. */
export function useTimeZone(): string {
  return useTexts().timeZone;
}
