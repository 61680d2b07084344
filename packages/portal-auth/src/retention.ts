import type { RetentionRule } from "@mgs/db/retention";
import { purgePortalSessions } from "./portal-sessions.repository";

/** Lifetime of a portal session, unless its sign-in ends before. */
export const PORTAL_SESSION_TTL_SECONDS = 14 * 24 * 60 * 60;

/** For how long a sign-in attempt can be finished: as long as the provider's interaction waits for the person. */
export const ATTEMPT_TTL_SECONDS = 60 * 60;

/** For how long the provider recognises an authorization code that was shown before. */
export const CODE_TTL_MS = 60_000;

export const PORTAL_AUTH_RETENTION: readonly RetentionRule[] = [
  { table: "portal_sessions", sweep: purgePortalSessions },
];
