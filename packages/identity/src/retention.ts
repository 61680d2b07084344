import type { RetentionRule } from "@mgs/db/retention";
import type { IdentityHooks } from "@mgs/module/identity-hooks";
import { endExpiredSessions } from "./sessions/end-expired-sessions";

/** A sign-in that was not used for that long ends, once neither the provider nor a portal keeps it alive. */
export const SESSION_IDLE_SECONDS = 24 * 60 * 60;

/** Sign-ins are ended, not deleted. @param hooks those of every package that keeps something of a sign-in */
export function identityRetention(hooks: readonly IdentityHooks[]): RetentionRule[] {
  return [
    {
      table: "user_sessions",
      sweep: (database, limit) => endExpiredSessions(database, hooks, SESSION_IDLE_SECONDS, limit),
    },
  ];
}
