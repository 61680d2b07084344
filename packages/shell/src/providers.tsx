"use client";
import type { Locale } from "@mgs/core/locale";
import type { Portal } from "@mgs/core/portals";
import type { InboxPage } from "@mgs/notifications/contract/schemas";
import type { PublicPusherSettings } from "@mgs/realtime/connection";
import { RealtimeProvider } from "@mgs/realtime/react";
import { type ReactNode, useMemo } from "react";
import { InboxProvider } from "./inbox/inbox-provider";
import { type ClientMessages, TextsProvider } from "./intl";
import { checkSession, handleSessionEnd } from "./leave";
import { SessionReturn } from "./session/session-return";
import { type PortalLink, ShellContext, type ShellUser } from "./shell-context";
import { BrowserZone } from "./time/browser-zone";
import { ClockProvider } from "./time/clock";
import { InboxToasts } from "./toasts/inbox-toasts";

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

/**
 * For every page, with a session or without: texts and the time. It stands in one file with the shell's providers: the
 * bundler then has what both share in one script, and the pages for errors, which load with every page, do not bring it
 * again.
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
  /** First page of the inbox (filter `all`), so that the bell needs no request to begin with. */
  initialInbox?: InboxPage | null;
  children: ReactNode;
};

/** For pages with a session, inside the public ones: the one socket, the live inbox and its toasts. */
export function ShellProviders(props: ShellProvidersProps) {
  const { user, userSessionId, portal, portals, pusher, initialInbox = null, children } = props;
  const shell = useMemo(() => ({ user, userSessionId, portal, portals }), [user, userSessionId, portal, portals]);
  return (
    <ShellContext value={shell}>
      <RealtimeProvider
        settings={pusher}
        userId={user.id}
        userSessionId={userSessionId}
        onSessionEnded={handleSessionEnd}
        onUnauthorized={checkSession}
      >
        <SessionReturn />
        <BrowserZone />
        <InboxProvider initialInbox={initialInbox}>
          {children}
          <InboxToasts />
        </InboxProvider>
      </RealtimeProvider>
    </ShellContext>
  );
}
