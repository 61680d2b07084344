"use client";
import type { Locale } from "@mgs/core/locale";
import type { ReactNode } from "react";
import { type ClientMessages, TextsProvider } from "./intl";
import { ClockProvider } from "./time/clock";

type PublicProvidersProps = {
  locale: Locale;
  /** Groups of texts that every page has. */
  messages: Partial<ClientMessages>;
  /** `Date.now()` of the rendering; without it times are first written in full. */
  now?: number;
  /** The zone that times are written in, by the server and then by the browser. */
  timeZone: string;
  children: ReactNode;
};

/** For every page, with a session or without: texts and the time. */
export function PublicProviders({ locale, messages, now, timeZone, children }: PublicProvidersProps) {
  return (
    <TextsProvider locale={locale} messages={messages} timeZone={timeZone}>
      <ClockProvider renderedAt={now ?? null}>{children}</ClockProvider>
    </TextsProvider>
  );
}
