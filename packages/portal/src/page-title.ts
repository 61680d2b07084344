import { type Messages, messagesFor } from "@mgs/i18n/catalogue";
import type { Session } from "@mgs/identity/portal-session";
import type { Metadata } from "next";
import { currentLocale } from "./current-locale";

/** Makes a page's `<title>` in the reader's language; the root layout adds the portal's name. */
export async function pageTitle(
  session: () => Promise<Session | null>,
  pick: (messages: Messages) => string,
): Promise<Metadata> {
  return { title: pick(messagesFor(await currentLocale(session))) };
}
