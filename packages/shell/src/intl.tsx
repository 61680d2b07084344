"use client";
import type { Locale } from "@mgs/core/locale";
import type { Messages, ModuleMessages } from "@mgs/i18n/catalogue";
import { type At, createTranslator, type Namespace, type Translator } from "@mgs/i18n/translator";
import { createContext, type ReactNode, useContext, useMemo } from "react";

/** Texts that pages may send to the browser; those of e-mails, API errors and the console stay on the server. */
export type ClientMessages = Omit<Messages, "email" | "errors" | "console" | "journal"> & ModuleMessages;

/** A group of texts that a page gets as a whole. */
export type TextGroup = keyof ClientMessages & string;

/** A page has the groups of texts that it needs, and no others. */
type Texts = { locale: Locale; messages: Partial<ClientMessages>; timeZone: string };

const TextsContext = createContext<Texts | null>(null);

/** Provides its children with language, texts and time zone. */
export function TextsProvider({ locale, messages, timeZone, children }: Texts & { children: ReactNode }) {
  const texts = useMemo(() => ({ locale, messages, timeZone }), [locale, messages, timeZone]);
  return <TextsContext value={texts}>{children}</TextsContext>;
}

/** Adds groups of texts for its children. */
export function PageTextsProvider({ messages, children }: Pick<Texts, "messages"> & { children: ReactNode }) {
  const outer = useTexts();
  const texts = useMemo(() => ({ ...outer, messages: { ...outer.messages, ...messages } }), [outer, messages]);
  return <TextsContext value={texts}>{children}</TextsContext>;
}

function useTexts(): Texts {
  const texts = useContext(TextsContext);
  if (!texts) throw new Error("TextsProvider is missing above");
  return texts;
}

/** Returns a function that reads the texts of one group, such as `shell.nav`; an unknown key does not compile. */
export function useTranslations<N extends Namespace<ClientMessages>>(namespace: N): Translator<At<ClientMessages, N>> {
  const { locale, messages } = useTexts();
  if (process.env.NODE_ENV !== "production") requireGroup(messages, namespace);
  return useMemo(() => createTranslator(locale, messages as ClientMessages, namespace), [locale, messages, namespace]);
}

/** @throws Error in development and in tests, when the page does not send the group */
function requireGroup(messages: Partial<ClientMessages>, namespace: string): void {
  const [group = ""] = namespace.split(".");
  if (!Object.hasOwn(messages, group)) throw new Error(`the page needs <PageTexts groups={["${group}"]}>`);
}

export function useLocale(): Locale {
  return useTexts().locale;
}

/** Returns the time zone of all times on the page. */
export function useTimeZone(): string {
  return useTexts().timeZone;
}
