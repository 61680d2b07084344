import type { HealthDeps } from "@mgs/http/health";
import type { Authenticate } from "@mgs/http/router";
import type { SessionSource } from "@mgs/identity/portal-session";
import type { PaletteSource } from "@mgs/module/palette";
import type { PortalDeps } from "@mgs/module/portal-deps";
import type { ChannelRule } from "@mgs/realtime/authorize-channel";

/** Dependencies of a portal's own routes, besides those of every use case. */
export type BaseDeps = PortalDeps &
  HealthDeps & {
    sessions: SessionSource;
    /** `Set-Cookie` headers that delete the sign-in's cookies. */
    clearCookies: readonly string[];
    authenticate: Authenticate;
    /** Rules of every module's channels. */
    channels: readonly ChannelRule<PortalDeps>[];
    /** Loads what the modules add to the command palette. */
    paletteSources(): Promise<readonly PaletteSource[]>;
    /** Makes the OpenAPI document of the portal, once. */
    openApi(): Promise<object>;
    /** Makes the AsyncAPI document of the portal, once. */
    asyncApi(): Promise<object>;
    /** Bearer token of `/metrics`; unset turns `/metrics` off. */
    metricsToken: string | undefined;
  };
