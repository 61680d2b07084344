import type { Locale } from "@mgs/core/locale";
import { messagesFor } from "@mgs/i18n/catalogue";
import { SectionNav } from "@mgs/shell/layout/section-nav";
import type { ReactNode } from "react";
import type { Entry } from "./navigation";

/** The frame of the account pages: the ways between them. Those that Administration alone has are reached from every portal. */
export function AccountFrame({
  locale,
  entries,
  children,
}: {
  locale: Locale;
  entries: readonly Entry[];
  children: ReactNode;
}) {
  return (
    <>
      <SectionNav label={messagesFor(locale).profile.sections} entries={entries} />
      {children}
    </>
  );
}
