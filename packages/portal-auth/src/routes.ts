import type { Portal } from "@mgs/core/portals";
import type { Route } from "@mgs/http/route";
import type { createPortalAuth } from "./create-portal-auth";

/** What the routes of the sign-in work with. */
export type PortalAuth = ReturnType<typeof createPortalAuth>;

/** Portals that sign in at the provider as its clients. */
const CLIENT_PORTALS: readonly Portal[] = ["commercial", "gestion-dossier"];

/** A portal's side of the sign-in. */
export const portalAuthRoutes = [
  {
    method: "GET",
    path: "/login/oauth",
    portals: CLIENT_PORTALS,
    access: "public",
    handler: ({ request }, auth) => auth.startSignIn(request),
  },
  {
    method: "GET",
    path: "/api/auth/callback/mgs",
    portals: CLIENT_PORTALS,
    access: "public",
    handler: ({ request }, auth) => auth.finishSignIn(request),
  },
  {
    method: "POST",
    path: "/api/auth/backchannel-logout",
    portals: CLIENT_PORTALS,
    access: "public",
    handler: ({ request }, auth) => auth.backchannelLogout(request),
  },
] as const satisfies readonly Route<PortalAuth>[];
