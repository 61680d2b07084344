import type { RouteHandlers, RouteTools } from "@mgs/http/route";
import type { createPortalAuth } from "@mgs/portal-auth/create-portal-auth";

type PortalAuth = Pick<ReturnType<typeof createPortalAuth>, "startSignIn" | "finishSignIn" | "backchannelLogout">;

/** A portal's side of the sign-in, as routes: methods, request ids and errors as everywhere. */
export function createSignInRoutes(
  { publicRoute }: RouteTools,
  auth: PortalAuth,
): Record<keyof PortalAuth, RouteHandlers> {
  return {
    /** `/login/oauth` */
    startSignIn: publicRoute({ GET: ({ request }) => auth.startSignIn(request) }),
    /** `/api/auth/callback/mgs` */
    finishSignIn: publicRoute({ GET: ({ request }) => auth.finishSignIn(request) }),
    /** `/api/auth/backchannel-logout` */
    backchannelLogout: publicRoute({ POST: ({ request }) => auth.backchannelLogout(request) }),
  };
}
