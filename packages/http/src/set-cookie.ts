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

/** Whether an app at this public origin marks its cookies `Secure`. */
export const isSecureOrigin = (origin: string): boolean => origin.startsWith("https:");
