import type { RetentionRule } from "@mgs/db/retention";
import type { IdentityHooks } from "@mgs/module/identity-hooks";
import { SESSION_IDLE_SECONDS } from "./lifetimes";
import { endExpiredSessions } from "./sessions/end-expired-sessions";

/** Sign-ins are ended, not deleted. */
export const IDENTITY_RETENTION: readonly RetentionRule<{ identityHooks: readonly IdentityHooks[] }>[] = [
  {
    table: "user_sessions",
    sweep: (database, limit, { identityHooks }) =>
      endExpiredSessions(database, identityHooks, SESSION_IDLE_SECONDS, limit),
  },
];
