import { ok } from "@mgs/http/envelope";
import { formRoute } from "@mgs/http/form-route";
import { checkOrigin } from "@mgs/http/origin";
import { remoteAddress } from "@mgs/http/remote-address";
import type { RouteHandlers } from "@mgs/http/route";
import { KNOWN_DEVICE_TTL_SECONDS } from "@mgs/identity/known-device";
import { signIn } from "@mgs/identity/sign-in";
import { finishLogin, openLogin } from "@mgs/oidc/login";
import { readCookies } from "@mgs/portal-auth/cookies";
import { z } from "zod";
import type { Administration } from "../../composition";
import { readFormBody, wantsJson } from "./form-body";
import { interactionPath } from "./interaction-path";

/** Tells a browser that has signed in before; see `known-device.ts`. It is asked for where the form posts to. */
const DEVICE_COOKIE = "mgs.device";

const credentials = z.object({ email: z.string().default(""), password: z.string().default("") });

/**
 * `POST /interaction/{uid}/login`: the sign-in form. A script gets JSON and goes on by itself; a form without scripts is
 * sent on, or back to its page with what was wrong.
 */
export function createSignInRoute(administration: Administration): RouteHandlers {
  const { runtime, provider, api, env, signInLimiter } = administration;
  const handlers = api.tools.publicRoute({
    POST: async ({ request, params }) => {
      checkOrigin(request.headers, runtime.ownOrigin);
      const { email, password } = await readFormBody(request, credentials);
      const ip = remoteAddress(request.headers, env.TRUSTED_PROXIES);
      const cookies = readCookies(request.headers);
      const open = openLogin({ ...runtime, provider }, { uid: params.uid ?? "", cookies });
      // A wrong password is said first, whatever became of the interaction.
      open.catch(() => undefined);
      const { user, passwordHash, device } = await signIn(
        { ...runtime, limiter: signInLimiter },
        { email, password, ip, device: cookies[DEVICE_COOKIE] },
      );
      const userAgent = request.headers.get("user-agent")?.slice(0, 500) ?? null;
      const proven = { userId: user.id, passwordHash, userAgent, ip };
      const location = await finishLogin(runtime.database, await open, proven);
      const answer = wantsJson(request)
        ? ok({ redirect: location })
        : new Response(null, { status: 303, headers: { location, "cache-control": "no-store" } });
      answer.headers.append("set-cookie", deviceCookie(device, runtime.ownOrigin));
      return answer;
    },
  });
  return formRoute(handlers, interactionPath);
}

function deviceCookie(device: string, ownOrigin: string): string {
  const secure = ownOrigin.startsWith("https:") ? "; Secure" : "";
  return `${DEVICE_COOKIE}=${device}; Path=/interaction; Max-Age=${KNOWN_DEVICE_TTL_SECONDS}; HttpOnly; SameSite=Lax${secure}`;
}
