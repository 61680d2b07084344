import type { Portal } from "@mgs/core/portals";
import type { Session } from "@mgs/identity/portal-session";
import { PublicProviders } from "@mgs/shell/providers";
import { cookies, headers } from "next/headers";
import type { ReactNode } from "react";
import { htmlAttributes } from "./document";
import { EARLY_PRESS_SCRIPT } from "./early-press";
import { IMPERSONATION_FRAME, ImpersonationBanner } from "./impersonation-banner";
import { readPreferences } from "./preferences";
import { readerZone } from "./reader-zone";
import { mergeMessages, pickTexts, ROOT_TEXTS } from "./texts";

type RootDocumentProps = {
  portal: Portal;
  /** Finds the visitor's session; the error page renders without it while the database is away. */
  session: () => Promise<Session | null>;
  children: ReactNode;
};

/** Renders `<html>` of every page with the person's language, theme and time zone, else those of the browser's cookies and headers. */
export async function RootDocument({ portal, session, children }: RootDocumentProps) {
  const [jar, head] = await Promise.all([cookies(), headers()]);
  const visitor = await session().catch(() => null);
  const user = visitor?.user;
  const timeZone = readerZone(user, (name) => jar.get(name)?.value);
  const { locale, theme } = user ?? readPreferences((name) => jar.get(name)?.value, head.get("accept-language"));
  const messages = pickTexts(mergeMessages([], locale), ROOT_TEXTS);
  return (
    <html {...htmlAttributes({ locale, theme, portal })}>
      <head>
        {/* In the page itself: a file may come as late as the scripts whose delay it covers. */}
        <script nonce={head.get("x-nonce") ?? undefined} dangerouslySetInnerHTML={{ __html: EARLY_PRESS_SCRIPT }} />
      </head>
      <body className={visitor?.impersonation ? IMPERSONATION_FRAME : undefined}>
        <PublicProviders locale={locale} messages={messages} now={Date.now()} timeZone={timeZone}>
          {visitor?.impersonation ? (
            <ImpersonationBanner user={visitor.user} impersonation={visitor.impersonation} now={Date.now()} />
          ) : null}
          {children}
        </PublicProviders>
      </body>
    </html>
  );
}
