/**
 * A sign-in that was not used for that long ends, once neither the provider nor a portal keeps it alive. How long they do stands in
 * `packages/oidc/src/lifetimes.ts` and `packages/portal-auth/src/lifetimes.ts`.
 */
export const SESSION_IDLE_SECONDS = 24 * 60 * 60;

/** For how long a proof of identity counts as fresh, a sign-in included. */
export const PROOF_TTL_SECONDS = 10 * 60;
