import { readCookies } from "@mgs/http/cookies";
import { ok } from "@mgs/http/envelope";
import { readFormBody, wantsJson } from "@mgs/http/form-body";
import { checkOrigin } from "@mgs/http/origin";
import { readRemoteAddress } from "@mgs/http/remote-address";
import type { PublicCall } from "@mgs/http/route";
import { KNOWN_DEVICE_TTL_SECONDS } from "@mgs/identity/known-device";
import { signIn } from "@mgs/identity/sign-in";
import type { PortalDeps } from "@mgs/module/portal-deps";
import { z } from "zod";
import { finishLogin, openLogin } from "../login";
import type { ProviderServices } from "../services";

/** Tells a browser that has signed in before; see `known-device.ts`. It is asked for where the form posts to. */
const DEVICE_COOKIE = "mgs.device";
const MAX_USER_AGENT_LENGTH = 500;

const credentials = z.object({ email: z.string().default(""), password: z.string().default("") });

/**
 * `POST /interaction/{uid}/login`: the sign-in form. A script gets JSON and goes on by itself; a form without scripts is
 * sent on, or back to its page with what was wrong.
 */
export async function answerLogin(
  { request, params }: PublicCall,
  deps: PortalDeps & ProviderServices,
): Promise<Response> {
  checkOrigin(request.headers, deps.ownOrigin);
  const provider = await deps.provider();
  const { email, password } = await readFormBody(request, credentials);
  const ip = readRemoteAddress(request.headers, deps.trustedProxies);
  const cookies = readCookies(request.headers);
  const open = openLogin({ ...deps, provider }, { uid: params.uid ?? "", cookies });
  // A wrong password is said first, whatever became of the interaction.
  open.catch(() => undefined);
  const { user, passwordHash, device } = await signIn(
    { ...deps, limiter: deps.signInLimiter },
    { email, password, ip, device: cookies[DEVICE_COOKIE] },
  );
  const userAgent = request.headers.get("user-agent")?.slice(0, MAX_USER_AGENT_LENGTH) ?? null;
  const proven = { userId: user.id, passwordHash, userAgent, ip };
  const location = await finishLogin(deps.database, await open, proven);
  const answer = wantsJson(request)
    ? ok({ redirect: location })
    : new Response(null, { status: 303, headers: { location, "cache-control": "no-store" } });
  answer.headers.append("set-cookie", deviceCookie(device, deps.ownOrigin));
  return answer;
}

function deviceCookie(device: string, ownOrigin: string): string {
  const secure = ownOrigin.startsWith("https:") ? "; Secure" : "";
  return `${DEVICE_COOKIE}=${device}; Path=/interaction; Max-Age=${KNOWN_DEVICE_TTL_SECONDS}; HttpOnly; SameSite=Lax${secure}`;
}
