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
import { answerHeaders } from "./answer-headers";
import { logoutApiPath } from "./links";
import { createPagePolicyReader } from "./page-policy";

/**
 * What each app's `proxy.ts` does before a page or route runs: security headers with a fresh nonce, the page's own path
 * for the guard, `POST /logout`, which shares its address with a page, and the check of what calls a server action.
 */
export function createPageProxy(portal: Portal, readPolicy = createPagePolicyReader(portal)) {
  return async function proxy(request: NextRequest): Promise<Response> {
    const { pathname, search } = request.nextUrl;
    const policySettings = readPolicy();
    const { nonce, policy, always } = answerHeaders(policySettings, pathname);
    const headers = new Headers(request.headers);
    headers.set(PATH_HEADER, `${pathname}${search}`);
    headers.set("x-nonce", nonce);
    // Next reads the nonce for its own scripts from here.
    headers.set("content-security-policy", policy);
    const logout = request.method === "POST" && pathname === signOutPath();
    const response =
      refusal(request) ??
      (await actionRefusal(portal, policySettings.origin, request)) ??
      (logout
        ? NextResponse.rewrite(new URL(logoutApiPath(), request.url), { request: { headers } })
        : NextResponse.next({ request: { headers } }));
    for (const [name, value] of Object.entries(always)) response.headers.set(name, value);
    return response;
  };
}

/** Addresses that programs call: what is wrong with one is said in the envelope, not by the framework's page. */
const FOR_PROGRAMS = /^\/(?:api|broadcasting|health|interaction)\//;

/**
 * Folders below `app` that route handlers of ours answer, and `/logout`, which a page shares with one. A test compares
 * them with the route table.
 */
const ROUTE_FOLDERS = [
  "api/[...path]",
  "broadcasting/[...path]",
  "health/[...path]",
  "metrics",
  "login/oauth",
  "login/retour",
  "interaction/[uid]/login",
  "interaction/[uid]/consent",
  "logout",
];
const ROUTED = new RegExp(`^/(?:${ROUTE_FOLDERS.map(patternOf).join("|")})$`);

/** Whether a route handler answers this path, and no page. */
export function isRouted(pathname: string): boolean {
  return ROUTED.test(pathname);
}

function patternOf(folder: string): string {
  return folder.replace(/\[\.{3}\w+\]/g, ".+").replace(/\[\w+\]/g, "[^/]+");
}

const refuse = ({ headers }: NextRequest, error: AppError, more: Record<string, string> = {}): Response =>
  fail(error, negotiateLocale(headers.get("accept-language")), requestIdOf(headers), { headers: more });

/** What the framework would refuse in its own words, or render a page for. */
function refusal(request: NextRequest): Response | null {
  const { pathname } = request.nextUrl;
  if (!isKnownMethod(request.method)) {
    return refuse(request, new AppError("METHOD_NOT_ALLOWED"), { allow: KNOWN_METHODS });
  }
  if (FOR_PROGRAMS.test(pathname) && !isDecodable(pathname)) return refuse(request, new AppError("BAD_REQUEST"));
  return null;
}

/** Methods that only read. */
const READS = ["GET", "HEAD", "OPTIONS"];

/**
 * Why a page is not called. Whatever names a server action is checked; of the rest a page takes nothing, since the
 * framework would look for an action in it.
 */
async function actionRefusal(portal: Portal, origin: string, request: NextRequest): Promise<Response | null> {
  const { pathname } = request.nextUrl;
  try {
    if (request.headers.has(ACTION_HEADER)) await checkServerAction(request, origin);
    else if (!READS.includes(request.method) && !isRouted(pathname)) {
      throw new AppError("METHOD_NOT_ALLOWED");
    }
    return null;
  } catch (error) {
    const known = error instanceof AppError ? error : new AppError("BAD_REQUEST", { cause: error });
    createLogger(portal).warn({ reason: known.code, method: request.method, path: pathname }, "action refused");
    return refuse(request, known, known.code === "METHOD_NOT_ALLOWED" ? { allow: READS.join(", ") } : {});
  }
}

/** Percent-encoded UTF-8 (RFC 3986 section 2.5). */
function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}
