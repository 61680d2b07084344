import { readCookies } from "@mgs/http/cookies";
import { ok } from "@mgs/http/envelope";
import { wantsJson } from "@mgs/http/form-body";
import { readRemoteAddress } from "@mgs/http/remote-address";
import { nameForMail } from "@mgs/identity/devices/browser-name";
import { KNOWN_DEVICE_TTL_SECONDS, recognizeDevice, rememberDevice } from "@mgs/identity/known-device";
import type { AuthMethod } from "@mgs/identity/sessions/user-sessions.repository";
import type { PortalDeps } from "@mgs/module/portal-deps";
import { finishLogin, type OpenLogin } from "../login";

/** Tells a browser that has signed in before; see `known-device.ts`. It is asked for where the forms of a sign-in post to. */
const DEVICE_COOKIE = "mgs.device";
const MAX_USER_AGENT_LENGTH = 500;

type Deps = Pick<PortalDeps, "database" | "sealer" | "ownOrigin" | "trustedProxies">;

/** Where a request of the sign-in comes from: the visitor's address, and the cookie of a browser that signed in before. */
export function readVisitor(deps: Deps, request: Request): { ip: string; device: string | undefined } {
  const device = readCookies(request.headers)[DEVICE_COOKIE];
  return { ip: readRemoteAddress(request.headers, deps.trustedProxies), device };
}

/** The browser's id, when it has signed in to this account before. */
export function knownDeviceOf(deps: Deps, request: Request, email: string): Promise<string | null> {
  return recognizeDevice(deps, readVisitor(deps, request).device, email);
}

type Proven = {
  user: { id: number; email: string };
  method: AuthMethod;
  /** The hash that the password was checked against. */
  passwordHash?: string;
  /** The passkey that has answered. */
  passkeyId?: string;
  /** Whether the person asked to stay signed in. */
  remembered: boolean;
};

/**
 * Signs the person in who has proved everything that is asked of them, and sends the browser on. Only now does the browser become a
 * known one: whoever has the password alone gets no count of attempts of their own.
 */
export async function finishSignIn(deps: Deps, request: Request, open: OpenLogin, proven: Proven): Promise<Response> {
  const { user, ...how } = proven;
  const { ip, device } = readVisitor(deps, request);
  const userAgent = request.headers.get("user-agent")?.slice(0, MAX_USER_AGENT_LENGTH) ?? null;
  const isKnown = (await knownDeviceOf(deps, request, user.email)) !== null;
  const newDevice = isKnown ? null : { browser: nameForMail(userAgent) ?? "", address: ip };
  const location = await finishLogin(deps.database, open, { userId: user.id, userAgent, ip, newDevice, ...how });
  const answer = goTo(request, location);
  answer.headers.append("set-cookie", deviceCookie(rememberDevice(deps.sealer, device, user.email), deps.ownOrigin));
  return answer;
}

/** Sends the browser on: a script gets JSON and goes by itself. */
export function goTo(request: Request, location: string): Response {
  return wantsJson(request)
    ? ok({ redirect: location })
    : new Response(null, { status: 303, headers: { location, "cache-control": "no-store" } });
}

function deviceCookie(device: string, ownOrigin: string): string {
  const secure = ownOrigin.startsWith("https:") ? "; Secure" : "";
  return `${DEVICE_COOKIE}=${device}; Path=/interaction; Max-Age=${KNOWN_DEVICE_TTL_SECONDS}; HttpOnly; SameSite=Lax${secure}`;
}
