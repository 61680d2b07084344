import type { RetentionRule } from "@mgs/db/retention";
import { purgePortalSessions } from "./portal-sessions.repository";

export const PORTAL_AUTH_RETENTION: readonly RetentionRule[] = [
  { table: "portal_sessions", sweep: purgePortalSessions },
];
