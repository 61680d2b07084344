/** OAuth scopes: OpenID Connect's and those of our resource server. `docs/api/oidc.md` explains each. */
export const SCOPES = [
  "openid",
  "profile",
  "profile:write",
  "email",
  "notifications:read",
  "notifications:write",
  "notifications:send",
  "users:read",
  "people:read",
  "dossiers:read",
  "dossiers:write",
  "calendar:read",
  "calendar:write",
  "messages:read",
  "messages:write",
] as const;
export type Scope = (typeof SCOPES)[number];

/** Scopes of a portal session: all of them. */
export const PORTAL_SCOPES: readonly Scope[] = SCOPES;

export function isScope(value: unknown): value is Scope {
  return SCOPES.some((scope) => scope === value);
}
