import { AppError } from "@mgs/core/errors";
import { negotiateLocale } from "@mgs/core/locale";
import { fail } from "@mgs/http/envelope";
import { isKnownMethod, KNOWN_METHODS } from "@mgs/http/methods";
import { requestIdOf } from "@mgs/http/request-id";
import { PATH_HEADER } from "@mgs/portal-auth/path-header";
import { type NextRequest, NextResponse } from "next/server";
import { answerHeaders, type PagePolicySettings } from "./answer-headers";

/**
 * What each app's `proxy.ts` does before a page or route runs: security headers with a fresh nonce, the page's own path
 * for the guard, and `POST /logout`, which shares its address with a page.
 */
export function createPageProxy(settings: () => PagePolicySettings) {
  return function proxy(request: NextRequest): Response {
    const { pathname, search } = request.nextUrl;
    const { nonce, policy, always } = answerHeaders(settings(), pathname);
    const headers = new Headers(request.headers);
    headers.set(PATH_HEADER, `${pathname}${search}`);
    headers.set("x-nonce", nonce);
    // Next reads the nonce for its own scripts from here.
    headers.set("content-security-policy", policy);
    const logout = request.method === "POST" && pathname === "/logout";
    const response =
      refusal(request) ??
      (logout
        ? NextResponse.rewrite(new URL("/api/logout", request.url), { request: { headers } })
        : NextResponse.next({ request: { headers } }));
    for (const [name, value] of Object.entries(always)) response.headers.set(name, value);
    return response;
  };
}

/** Addresses that programs call: what is wrong with one is said in the envelope, not by the framework's page. */
const FOR_PROGRAMS = /^\/(?:api|broadcasting|health|interaction)\//;

/** What the framework would refuse in its own words, or render a page for. */
function refusal({ method, headers, nextUrl: { pathname } }: NextRequest): Response | null {
  const refuse = (error: AppError, more: Record<string, string> = {}) =>
    fail(error, negotiateLocale(headers.get("accept-language")), requestIdOf(headers), { headers: more });
  if (!isKnownMethod(method)) return refuse(new AppError("METHOD_NOT_ALLOWED"), { allow: KNOWN_METHODS });
  if (FOR_PROGRAMS.test(pathname) && !isDecodable(pathname)) return refuse(new AppError("BAD_REQUEST"));
  return null;
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
