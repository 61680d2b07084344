export type CookieAttributes = {
  /** Seconds until the browser forgets it; 0 makes it forget at once. */
  maxAgeSeconds: number;
  /** The app is served over TLS: the cookie never travels without. */
  secure: boolean;
};

/**
 * One `Set-Cookie` (RFC 6265 section 4.1) for the whole app: no script reads it, and no request that another site makes
 * by itself carries it.
 * @param value ASCII without spaces, `;` and `,`
 */
export function setCookie(name: string, value: string, { maxAgeSeconds, secure }: CookieAttributes): string {
  return `${name}=${value}; Path=/; Max-Age=${maxAgeSeconds}; HttpOnly${secure ? "; Secure" : ""}; SameSite=Lax`;
}

/** `Set-Cookie` that makes the browser forget what `setCookie` gave it. */
export function clearCookie(name: string, { secure }: Pick<CookieAttributes, "secure">): string {
  return setCookie(name, "", { maxAgeSeconds: 0, secure });
}

/**
 * The name under which a browser keeps a cookie that means something to us alone. Over TLS its prefix keeps sibling
 * subdomains from planting one (RFC 6265bis section 4.1.3.2), such as a session of their own in somebody's browser; plain
 * http on localhost cannot have it. The cookie's path is `/`.
 */
export const hostCookieName = (name: string, secure: boolean): string => `${secure ? "__Host-" : ""}${name}`;

/** Whether an app at this public origin marks its cookies `Secure`. */
export const isSecureOrigin = (origin: string): boolean => origin.startsWith("https:");
