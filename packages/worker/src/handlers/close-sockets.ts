import type { Handler } from "../delivery/handler";

/** Closes the sockets that were bound to something which has ended: a client, a grant, a portal's session. */
export const closeSockets: Handler<"sockets.closed"> = async ({ publisher }, { payload }) => {
  for (const holder of payload.holders) await publisher.terminateUser(holder);
};
