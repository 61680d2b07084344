import type { Locale } from "@mgs/core/locale";
import { type Messages, type ModuleMessages, messagesFor } from "@mgs/i18n/catalogue";
import type { Module } from "@mgs/module/module";
import type { ClientMessages, TextGroup } from "@mgs/shell/intl";

/** Groups that every page of every portal has in the browser, because an error page may replace any page. */
export const ROOT_TEXTS = ["shell"] as const satisfies readonly TextGroup[];

/** Merges the catalogue of one language with the texts of the modules, each under its module's name, beside what the catalogue has there. */
export function mergeMessages(modules: readonly Module[], locale: Locale): Messages & ModuleMessages {
  const catalogue: Readonly<Record<string, object>> = messagesFor(locale);
  const own = modules.flatMap(({ name, texts }) =>
    texts ? [[name, { ...catalogue[name], ...texts[locale] }] as const] : [],
  );
  return { ...messagesFor(locale), ...Object.fromEntries(own) };
}

/** Picks the groups that a page sends to the browser. */
export function pickTexts<Group extends TextGroup>(
  messages: Messages & ModuleMessages,
  groups: readonly Group[],
): Pick<ClientMessages, Group> {
  const all: ClientMessages = messages;
  return Object.fromEntries(groups.map((group) => [group, all[group]])) as Pick<ClientMessages, Group>;
}
