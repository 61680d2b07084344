"use client";
import type { Portal } from "@mgs/core/portals";
import type { InboxPage } from "@mgs/notifications/contract/schemas";
import type { PublicPusherSettings } from "@mgs/realtime/connection";
import { RealtimeProvider } from "@mgs/realtime/react";
import { type ReactNode, useMemo } from "react";
import { InboxProvider } from "./inbox/inbox-provider";
import { checkSession, handleSessionEnd } from "./leave";
import { SessionReturn } from "./session/session-return";
import { type PortalLink, ShellContext, type ShellUser } from "./shell-context";
import { BrowserZone } from "./time/browser-zone";
import { InboxToasts } from "./toasts/inbox-toasts";

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
