/** Headers of every answer; pages have `Content-Security-Policy` as well. */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
  "Referrer-Policy": "strict-origin-when-cross-origin",
  "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=()",
  "Cross-Origin-Opener-Policy": "same-origin",
};

/** Value of `Strict-Transport-Security` (RFC 6797), sent with every answer over TLS. */
export const STRICT_TRANSPORT_SECURITY = "max-age=31536000; includeSubDomains";

/**
 * Makes the headers of every answer of an app, be it of a route, of the framework or of the checks before both.
 * @param secure the app is served over TLS
 */
export function securityHeaders(secure: boolean): Record<string, string> {
  return { ...SECURITY_HEADERS, ...(secure ? { "strict-transport-security": STRICT_TRANSPORT_SECURITY } : {}) };
}

export type PagePolicy = {
  nonce: string;
  /** Origins besides our own that scripts may connect to: the realtime server's. */
  connect: readonly string[];
  /** Origins besides our own that a form may redirect to: sign-in redirects to a client. */
  formAction: readonly string[];
  /** True for a page over TLS: its plain requests are upgraded. */
  secure: boolean;
  /** True for the framework's development server, which evaluates code. */
  development: boolean;
};

/** Makes a strict policy with a nonce (CSP level 3). Styles may be inline, since scripts position menus and toasts. */
export function contentSecurityPolicy(policy: PagePolicy): string {
  const { nonce, connect, formAction, secure, development } = policy;
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ""}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src ${["'self'", ...connect].join(" ")}`,
    `form-action ${["'self'", ...formAction].join(" ")}`,
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    ...(secure ? ["upgrade-insecure-requests"] : []),
  ].join("; ");
}
