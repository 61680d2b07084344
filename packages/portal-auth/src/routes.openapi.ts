import type { DocsOfRoutes } from "@mgs/http/route-docs";
import type { portalAuthRoutes } from "./routes";

/** A portal's side of OpenID Connect, which `docs/api/oidc.md` describes. */
export const portalAuthOpenApi: DocsOfRoutes<typeof portalAuthRoutes> = {
  "GET /login/oauth": { leftOut: "a browser begins its sign-in here, and is redirected" },
  "GET /api/auth/callback/mgs": { leftOut: "the provider sends the browser back here" },
  "POST /api/auth/backchannel-logout": { leftOut: "OpenID Connect's own: the provider posts logout tokens here" },
};
