/** OAuth scopes of our resource server, beside OpenID Connect's own; `docs/api/oidc.md` says what each opens. */
export const SCOPES = [
  "openid",
  "profile",
  "profile:write",
  "email",
  "notifications:read",
  "notifications:write",
  "notifications:send",
  "users:read",
] as const;
export type Scope = (typeof SCOPES)[number];

/** What a portal may do in the name of whoever is signed in there: everything. */
export const PORTAL_SCOPES: readonly Scope[] = SCOPES;

export function isScope(value: unknown): value is Scope {
  return SCOPES.some((scope) => scope === value);
}
