import { z } from "zod";
import { defineOutboxKind } from "../outbox-kind";

/** Kinds for tests of this package, since it knows no domain. */

export const sessionEnded = defineOutboxKind({
  kind: "session.ended",
  queue: "broadcasts",
  payload: z.object({ user_session_id: z.string(), reason: z.string() }),
  isUrgent: true,
});

export const backchannelLogout = defineOutboxKind({
  kind: "oidc.backchannel-logout",
  queue: "default",
  payload: z.object({ client_id: z.string(), sub: z.string(), sid: z.string() }),
});
