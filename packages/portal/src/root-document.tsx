import type { Portal } from "@mgs/core/portals";
import type { Session } from "@mgs/identity/portal-session";
import { PublicProviders } from "@mgs/shell/providers";
import { cookies, headers } from "next/headers";
import type { ReactNode } from "react";
import { htmlAttributes } from "./document";
import { readPreferences } from "./preferences";
import { readerZone } from "./reader-zone";
import { messagesOf, pickTexts, ROOT_TEXTS } from "./texts";

type RootDocumentProps = {
  portal: Portal;
  /** The visitor, when there is one; a database that is away must not take the error page with it. */
  session: () => Promise<Session | null>;
  children: ReactNode;
};

/** `<html>` of every page: the person's language, theme and time zone, else what the browser remembers or asks for. */
export async function RootDocument({ portal, session, children }: RootDocumentProps) {
  const [jar, head] = await Promise.all([cookies(), headers()]);
  const user = (await session().catch(() => null))?.user;
  const timeZone = readerZone(user, (name) => jar.get(name)?.value);
  const { locale, theme } = user ?? readPreferences((name) => jar.get(name)?.value, head.get("accept-language"));
  const messages = pickTexts(messagesOf([], locale), ROOT_TEXTS);
  return (
    <html {...htmlAttributes({ locale, theme, portal })}>
      <body>
        <PublicProviders locale={locale} messages={messages} now={Date.now()} timeZone={timeZone}>
          {children}
        </PublicProviders>
      </body>
    </html>
  );
}
