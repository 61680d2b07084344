import type { HealthDeps } from "@mgs/http/health";
import type { Authenticate } from "@mgs/http/router";
import type { SessionSource } from "@mgs/identity/portal-session";
import type { PortalDeps } from "@mgs/module/portal-deps";
import type { ChannelRule } from "@mgs/realtime/authorize-channel";

/** What a portal's own routes work with, besides what every use case does. */
export type BaseDeps = PortalDeps &
  HealthDeps & {
    sessions: SessionSource;
    /** `Set-Cookie` headers that remove the sign-in from the browser. */
    clearCookies: readonly string[];
    authenticate: Authenticate;
    /** Rules of every module's channels. */
    channels: readonly ChannelRule<PortalDeps>[];
    /** Unset: there is no `/metrics`. */
    metricsToken: string | undefined;
  };
