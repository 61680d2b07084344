import type { Session } from "@mgs/identity/portal-session";
import type { Module } from "@mgs/module/module";
import { PageTextsProvider, type TextGroup } from "@mgs/shell/intl";
import type { ReactNode } from "react";
import { currentLocale } from "./current-locale";
import { messagesOf, pickTexts } from "./texts";

type PageTextsProps = {
  session: () => Promise<Session | null>;
  /** Modules whose own texts may be among them. */
  modules?: readonly Module[];
  /** Groups that the page needs in the browser, besides those of every page around it. */
  groups: readonly TextGroup[];
  children: ReactNode;
};

/** Sends groups of texts to the browser, for what stands within. A test compares them with what the page's parts use. */
export async function PageTexts({ session, modules = [], groups, children }: PageTextsProps) {
  const messages = pickTexts(messagesOf(modules, await currentLocale(session)), groups);
  return <PageTextsProvider messages={messages}>{children}</PageTextsProvider>;
}
