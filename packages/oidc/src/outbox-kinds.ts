import { defineOutboxKind } from "@mgs/jobs/outbox-kind";
import { z } from "zod";

/** OpenID Connect back-channel logout of one client. */
export const backchannelLogout = defineOutboxKind({
  kind: "oidc.backchannel-logout",
  queue: "default",
  payload: z.object({ client_id: z.string(), sub: z.string(), sid: z.string() }),
});
