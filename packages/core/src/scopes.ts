/** OAuth scopes of our resource server, beside OpenID Connect's own. */
export const SCOPES = ["openid", "profile", "email", "notifications:send"] as const;
export type Scope = (typeof SCOPES)[number];

/** What first-party portals ask for: identity, and sending notifications in the user's name. */
export const PORTAL_SCOPES: readonly Scope[] = ["openid", "profile", "email", "notifications:send"];

export function isScope(value: unknown): value is Scope {
  return SCOPES.some((scope) => scope === value);
}
