import type { RetentionRule } from "@mgs/db/retention";
import type { IdentityHooks } from "@mgs/module/identity-hooks";
import { endExpiredSessions } from "./sessions/end-expired-sessions";

/** A sign-in that was not used for that long ends, once neither the provider nor a portal keeps it alive. */
export const SESSION_IDLE_SECONDS = 24 * 60 * 60;

/** Sign-ins are ended, not deleted. */
export const IDENTITY_RETENTION: readonly RetentionRule<{ identityHooks: readonly IdentityHooks[] }>[] = [
  {
    table: "user_sessions",
    sweep: (database, limit, { identityHooks }) =>
      endExpiredSessions(database, identityHooks, SESSION_IDLE_SECONDS, limit),
  },
];
