import type { Handlers } from "../delivery/handler";
import { announceInboxChange } from "./announce-inbox-change";
import { announceSessionEnd } from "./announce-session-end";
import { broadcastNotification } from "./broadcast-notification";
import { closeSockets } from "./close-sockets";
import { emailNotification } from "./email-notification";
import { endClientSession } from "./end-client-session";

/** Who does what each kind of outbox row asks for; a kind without a handler does not compile. */
export const handlers: Handlers = {
  "notification.email": emailNotification,
  "notification.broadcast": broadcastNotification,
  "inbox.changed": announceInboxChange,
  "session.ended": announceSessionEnd,
  "sockets.closed": closeSockets,
  "oidc.backchannel-logout": endClientSession,
};
