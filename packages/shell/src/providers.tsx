"use client";
import type { Locale } from "@mgs/core/locale";
import type { Portal } from "@mgs/core/portals";
import type { InboxPage } from "@mgs/notifications/contract/schemas";
import type { PublicPusherSettings } from "@mgs/realtime/connection";
import { RealtimeProvider } from "@mgs/realtime/react";
import { type ReactNode, useMemo } from "react";
import { InboxProvider } from "./inbox/inbox-provider";
import { type ClientMessages, TextsProvider } from "./intl";
import { checkSession, handleSessionChange, handleSessionEnd } from "./page-session";
import { SessionReturn } from "./session/session-return";
import { type PortalLink, ShellContext, type ShellUser } from "./shell-context";
import { BrowserZone } from "./time/browser-zone";
import { ClockProvider } from "./time/clock";
import { InboxToasts } from "./toasts/inbox-toasts";

type PublicProvidersProps = {
  locale: Locale;
  /** Groups of texts that every page has. */
  messages: Partial<ClientMessages>;
  /** `Date.now()` of the rendering; without it the page first shows times in full. */
  now?: number;
  /** The time zone of all times, on the server and in the browser. */
  timeZone: string;
  children: ReactNode;
};

/**
 * Provides every page, with or without a session, with texts and the time. It is in one file with the shell's providers, so
 * that the bundler puts their common code into one script; error pages, which load with every page, would bring it again.
 */
export function PublicProviders({ locale, messages, now, timeZone, children }: PublicProvidersProps) {
  return (
    <TextsProvider locale={locale} messages={messages} timeZone={timeZone}>
      <ClockProvider renderedAt={now ?? null}>{children}</ClockProvider>
    </TextsProvider>
  );
}

type ShellProvidersProps = {
  user: ShellUser;
  userSessionId: string;
  portal: Portal;
  /** The portals that the role may open, this one among them. */
  portals: readonly PortalLink[];
  pusher: PublicPusherSettings;
  /** The first page of the inbox (filter `all`), which saves the bell its first request. */
  initialInbox?: InboxPage | null;
  /** Whether an administrator acts in the person's name, who has not seen what is opened meanwhile. */
  isImpersonated: boolean;
  children: ReactNode;
};

/** Provides pages with a session with their only socket, the live inbox and its toasts; it stands inside the public providers. */
export function ShellProviders(props: ShellProvidersProps) {
  const { user, userSessionId, portal, portals, pusher, initialInbox = null, isImpersonated, children } = props;
  const shell = useMemo(() => ({ user, userSessionId, portal, portals }), [user, userSessionId, portal, portals]);
  return (
    <ShellContext value={shell}>
      <RealtimeProvider
        settings={pusher}
        userId={user.id}
        userSessionId={userSessionId}
        onSessionEnded={handleSessionEnd}
        onSessionChanged={handleSessionChange}
        onUnauthorized={checkSession}
      >
        <SessionReturn />
        <BrowserZone />
        <InboxProvider initialInbox={initialInbox} marksOpened={!isImpersonated}>
          {children}
          <InboxToasts />
        </InboxProvider>
      </RealtimeProvider>
    </ShellContext>
  );
}
