export type CookieAttributes = {
  /** Lifetime in the browser; 0 deletes the cookie at once, undefined keeps it until the browser ends. */
  maxAgeSeconds: number | undefined;
  /** True for an app over TLS: the browser then never sends the cookie over plain http. */
  secure: boolean;
};

/**
 * Makes a `Set-Cookie` (RFC 6265 section 4.1) for the whole app. Scripts cannot read the cookie, and browsers do not send it
 * with requests that other sites make.
 * @param value ASCII without spaces, `;` and `,`
 */
export function setCookie(name: string, value: string, { maxAgeSeconds, secure }: CookieAttributes): string {
  const lifetime = maxAgeSeconds === undefined ? "" : ` Max-Age=${maxAgeSeconds};`;
  return `${name}=${value}; Path=/;${lifetime} HttpOnly${secure ? "; Secure" : ""}; SameSite=Lax`;
}

/** Makes a `Set-Cookie` that deletes a cookie of `setCookie`. */
export function clearCookie(name: string, { secure }: Pick<CookieAttributes, "secure">): string {
  return setCookie(name, "", { maxAgeSeconds: 0, secure });
}

/**
 * Makes the name of a host-only cookie. Over TLS its prefix prevents sibling subdomains from planting one (RFC 6265bis section
 * 4.1.3.2), such as a session of their own; plain http on localhost cannot have the prefix. The cookie's path is `/`.
 */
export const hostCookieName = (name: string, secure: boolean): string => `${secure ? "__Host-" : ""}${name}`;

/** Tells whether an app at this public origin marks its cookies `Secure`. */
export const isSecureOrigin = (origin: string): boolean => origin.startsWith("https:");
