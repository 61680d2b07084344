import type { Locale } from "@mgs/core/locale";
import { type Messages, type ModuleMessages, messagesFor } from "@mgs/i18n/catalogue";
import type { Module } from "@mgs/module/module";
import type { ClientMessages, TextGroup } from "@mgs/shell/intl";

/** Groups that every page of every portal has in the browser: an error may stand in place of any of them. */
export const ROOT_TEXTS = ["shell"] as const satisfies readonly TextGroup[];

/** The catalogue of one language with the texts of the modules, each under its module's name. */
export function messagesOf(modules: readonly Module[], locale: Locale): Messages & ModuleMessages {
  const own = modules.flatMap(({ name, texts }) => (texts ? [[name, texts[locale]] as const] : []));
  return { ...messagesFor(locale), ...Object.fromEntries(own) };
}

/** Of the texts, the groups that a page sends to the browser. */
export function pickTexts<Group extends TextGroup>(
  messages: Messages & ModuleMessages,
  groups: readonly Group[],
): Pick<ClientMessages, Group> {
  const all: ClientMessages = messages;
  return Object.fromEntries(groups.map((group) => [group, all[group]])) as Pick<ClientMessages, Group>;
}
