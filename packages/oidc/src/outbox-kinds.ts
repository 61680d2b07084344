import { defineOutboxKind } from "@mgs/jobs/outbox-kind";
import { z } from "zod";

/** Most attempts at one client: a client that is down for a week is told when it is back. */
const MAX_LOGOUT_ATTEMPTS = 2_100;
/** The longest that a client which is back waits for its token. */
const MAX_LOGOUT_DELAY_MS = 10 * 60_000;

/** OpenID Connect back-channel logout of one client. */
export const backchannelLogout = defineOutboxKind({
  kind: "oidc.backchannel-logout",
  queue: "default",
  payload: z.object({ client_id: z.string(), sub: z.string(), sid: z.string() }),
  retries: { maxAttempts: MAX_LOGOUT_ATTEMPTS, maxDelayMs: MAX_LOGOUT_DELAY_MS },
});
