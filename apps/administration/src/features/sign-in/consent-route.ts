import { formRoute } from "@mgs/http/form-route";
import { checkOrigin } from "@mgs/http/origin";
import type { RouteHandlers } from "@mgs/http/route";
import { acceptConsent, refuseConsent } from "@mgs/oidc/consent";
import { readCookies } from "@mgs/portal-auth/cookies";
import { z } from "zod";
import type { Administration } from "../../composition";
import { readFormBody } from "./form-body";
import { interactionPath } from "./interaction-path";

const decision = z.object({ decision: z.enum(["accept", "refuse"], { error: "INVALID_CHOICE" }) });

/** `POST /interaction/{uid}/consent`: a person's answer to what a third-party client asks for. */
export function createConsentRoute({ runtime, provider, api }: Administration): RouteHandlers {
  const handlers = api.tools.publicRoute({
    POST: async ({ request, params }) => {
      checkOrigin(request.headers, runtime.ownOrigin);
      const input = { uid: params.uid ?? "", cookies: readCookies(request.headers) };
      const { decision: said } = await readFormBody(request, decision);
      const location = said === "accept" ? await acceptConsent(provider, input) : await refuseConsent(provider, input);
      return new Response(null, { status: 303, headers: { location, "cache-control": "no-store" } });
    },
  });
  return formRoute(handlers, interactionPath);
}
