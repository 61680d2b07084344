import type { Session } from "@mgs/identity/portal-session";
import type { Module } from "@mgs/module/module";
import { PageTextsProvider, type TextGroup } from "@mgs/shell/intl";
import type { ReactNode } from "react";
import { currentLocale } from "./current-locale";
import { mergeMessages, pickTexts } from "./texts";

type PageTextsProps = {
  session: () => Promise<Session | null>;
  /** Modules whose own texts `groups` may name. */
  modules?: readonly Module[];
  /** Groups that the page needs in the browser, besides those of the layouts around it. */
  groups: readonly TextGroup[];
  children: ReactNode;
};

/** Sends groups of texts to the browser for its children. A test compares them with the texts that the page's parts use. */
export async function PageTexts({ session, modules = [], groups, children }: PageTextsProps) {
  const messages = pickTexts(mergeMessages(modules, await currentLocale(session)), groups);
  return <PageTextsProvider messages={messages}>{children}</PageTextsProvider>;
}
