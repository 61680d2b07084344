/** The provider's addresses, by the names that oidc-provider's `routes` has for them. */
export const PROVIDER_PATHS = {
  authorization: "/oauth/authorize",
  token: "/oauth/token",
  userinfo: "/oauth/userinfo",
  jwks: "/oauth/jwks",
  revocation: "/oauth/revoke",
  introspection: "/oauth/introspect",
  end_session: "/oauth/logout",
} as const;

/** Address that the logout form posts to. */
const END_SESSION_CONFIRM_PATH = `${PROVIDER_PATHS.end_session}/confirm`;

const RESUME_PATH = /^\/oauth\/authorize\/([\w-]{10,100})$/;

/** Addresses that a person's browser goes to; programs call every other one. */
const FRONT_CHANNEL_PATH = /^\/oauth\/(?:authorize|logout)(?:\/|$)/;

export type Endpoint = keyof typeof PROVIDER_PATHS | "resume" | "end_session_confirm";

/** Which endpoint a path is, as far as this package treats it apart; undefined for every other path. */
export function endpointOf(path: string): Endpoint | undefined {
  if (path === END_SESSION_CONFIRM_PATH) return "end_session_confirm";
  if (resumedInteraction(path) !== undefined) return "resume";
  return ENDPOINTS.get(path);
}

const ENDPOINTS = new Map(Object.entries(PROVIDER_PATHS).map(([name, path]) => [path as string, name as Endpoint]));

/** Id of the interaction that a path resumes (`/oauth/authorize/{uid}`). */
export function resumedInteraction(path: string): string | undefined {
  return RESUME_PATH.exec(path)?.[1];
}

/** Whether a person's browser asks, and not a program. */
export function isFrontChannel(path: string): boolean {
  return FRONT_CHANNEL_PATH.test(path);
}
