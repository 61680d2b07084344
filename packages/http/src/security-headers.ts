/** Sent with every answer; `Content-Security-Policy` comes beside them where there is a page. */
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
 * Headers of every answer of an app, whoever writes it: a route, the framework, or the guard before both.
 * @param secure the app is served over TLS
 */
export function securityHeaders(secure: boolean): Record<string, string> {
  return { ...SECURITY_HEADERS, ...(secure ? { "strict-transport-security": STRICT_TRANSPORT_SECURITY } : {}) };
}

export type PagePolicy = {
  nonce: string;
  /** Origins that scripts may talk to beside our own: the realtime server's. */
  connect: readonly string[];
  /** Origins that a form's redirects may end at beside our own: sign-in goes on to a client. */
  formAction: readonly string[];
  /** Served over TLS: plain requests are upgraded. */
  secure: boolean;
  /** The framework's development server evaluates code. */
  development: boolean;
};

/** A strict policy with a nonce (CSP level 3). Styles may be inline: positions of menus and toasts are computed. */
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
