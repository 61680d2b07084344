import { AppError } from "@mgs/core/errors";
import { negotiateLocale } from "@mgs/core/locale";
import { createLogger } from "@mgs/core/logger";
import { signOutPath } from "@mgs/core/portal-links";
import type { Portal } from "@mgs/core/portals";
import { fail } from "@mgs/http/envelope";
import { isKnownMethod, KNOWN_METHODS } from "@mgs/http/methods";
import { requestIdOf } from "@mgs/http/request-id";
import { ACTION_HEADER, checkServerAction } from "@mgs/http/server-action";
import { PATH_HEADER } from "@mgs/portal-auth/path-header";
import { type NextRequest, NextResponse } from "next/server";
import { createAnswerHeaders } from "./answer-headers";
import { logoutApiPath } from "./links";
import { createPagePolicyReader } from "./page-policy";

/**
 * Creates the proxy of an app, which runs before a page or route: it sets security headers with a new nonce, passes the path
 * to the guard, rewrites `POST /logout`, which shares its address with a page, and checks calls of server actions.
 */
export function createPageProxy(portal: Portal, readPolicy = createPagePolicyReader(portal)) {
  return async function proxy(request: NextRequest): Promise<Response> {
    const { pathname, search } = request.nextUrl;
    const policySettings = readPolicy();
    const { nonce, policy, always } = createAnswerHeaders(policySettings, pathname);
    const headers = new Headers(request.headers);
    headers.set(PATH_HEADER, `${pathname}${search}`);
    headers.set("x-nonce", nonce);
    // Next reads the nonce for its own scripts from this header.
    headers.set("content-security-policy", policy);
    const logout = request.method === "POST" && pathname === signOutPath();
    const response =
      refuseRequest(request) ??
      (await refuseAction(portal, policySettings.origin, request)) ??
      (logout
        ? NextResponse.rewrite(new URL(logoutApiPath(), request.url), { request: { headers } })
        : NextResponse.next({ request: { headers } }));
    for (const [name, value] of Object.entries(always)) response.headers.set(name, value);
    return response;
  };
}

/** Programs call these addresses, so errors are answered in the envelope instead of a page. */
const API_PATH_PATTERN = /^\/(?:api|broadcasting|health|interaction)\//;

/**
 * Folders below `app` with route handlers, and `/logout`, which has a page as well. A test compares them with the route table.
 */
const ROUTE_FOLDERS = [
  "api/[...path]",
  "broadcasting/[...path]",
  "health/[...path]",
  "metrics",
  "login/oauth",
  "login/retour",
  "interaction/[uid]/login",
  "interaction/[uid]/code",
  "interaction/[uid]/enrolment",
  "interaction/[uid]/enrolment/passkey",
  "interaction/[uid]/enrolment/passkey/options",
  "interaction/[uid]/continue",
  "interaction/[uid]/passkey",
  "interaction/[uid]/passkey/options",
  "interaction/[uid]/consent",
  "logout",
];
const ROUTE_PATH_PATTERN = new RegExp(`^/(?:${ROUTE_FOLDERS.map(toPattern).join("|")})$`);

/** Tells whether a route handler answers this path instead of a page. */
export function isRouted(pathname: string): boolean {
  return ROUTE_PATH_PATTERN.test(pathname);
}

function toPattern(folder: string): string {
  return folder.replace(/\[\.{3}\w+\]/g, ".+").replace(/\[\w+\]/g, "[^/]+");
}

const refuse = ({ headers }: NextRequest, error: AppError, more: Record<string, string> = {}): Response =>
  fail(error, negotiateLocale(headers.get("accept-language")), requestIdOf(headers), { headers: more });

/** Refuses requests that the framework would refuse in its own words, or answer with a page. */
function refuseRequest(request: NextRequest): Response | null {
  const { pathname } = request.nextUrl;
  if (!isKnownMethod(request.method)) {
    return refuse(request, new AppError("METHOD_NOT_ALLOWED"), { allow: KNOWN_METHODS });
  }
  if (API_PATH_PATTERN.test(pathname) && !isDecodable(pathname)) return refuse(request, new AppError("BAD_REQUEST"));
  return null;
}

/** Methods that change nothing. */
const READ_METHODS = ["GET", "HEAD", "OPTIONS"];

/**
 * Refuses writes to a page. It checks a request that names a server action, and refuses every other body, because the
 * framework would look for an action in it.
 */
async function refuseAction(portal: Portal, origin: string, request: NextRequest): Promise<Response | null> {
  const { pathname } = request.nextUrl;
  try {
    if (request.headers.has(ACTION_HEADER)) await checkServerAction(request, origin);
    else if (!READ_METHODS.includes(request.method) && !isRouted(pathname)) {
      throw new AppError("METHOD_NOT_ALLOWED");
    }
    return null;
  } catch (error) {
    const known = error instanceof AppError ? error : new AppError("BAD_REQUEST", { cause: error });
    createLogger(portal).warn({ reason: known.code, method: request.method, path: pathname }, "action refused");
    return refuse(request, known, known.code === "METHOD_NOT_ALLOWED" ? { allow: READ_METHODS.join(", ") } : {});
  }
}

/** Tells whether a path is percent-encoded UTF-8 (RFC 3986 section 2.5). */
function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}
