import { sendBackchannelLogout } from "@mgs/oidc/backchannel-logout";
import type { Handler } from "../delivery/handler";

/** Tells an OpenID Connect client that a session it knows has ended. */
export const endClientSession: Handler<"oidc.backchannel-logout"> = async (deps, { payload }) => {
  await sendBackchannelLogout(deps, payload);
};
