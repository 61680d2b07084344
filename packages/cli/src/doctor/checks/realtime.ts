import { createPublisher, PublishError } from "@mgs/realtime/server";
import { type Check, fail, ok } from "../check";

/** Makes a signed call, as the worker does for each broadcast. */
export const realtime: Check = {
  name: "realtime",
  title: "Realtime server",
  advice: "Start the realtime server, or correct PUSHER_HOST, PUSHER_PORT and PUSHER_SCHEME.",
  addresses: ({ common }) =>
    common.PUSHER_HOST === undefined || common.PUSHER_SCHEME !== "https"
      ? []
      : [`https://${common.PUSHER_HOST}:${common.PUSHER_PORT ?? 443}`],
  async run({ common }) {
    const address = common.PUSHER_HOST
      ? `${common.PUSHER_HOST}:${common.PUSHER_PORT ?? "default port"}`
      : `cluster ${common.PUSHER_APP_CLUSTER}`;
    try {
      await createPublisher(common).ping();
      return ok(`${address} answers signed calls`);
    } catch (error) {
      if (!(error instanceof PublishError) || error.status === undefined) {
        return fail(`nothing answers at ${address}`, realtime.advice);
      }
      if (error.status !== 401 && error.status !== 404)
        return fail(`${address} answers ${error.status}`, "See its log.");
      return fail(
        `${address} refuses our signature`,
        "PUSHER_APP_ID, _KEY and _SECRET have to be the server's own; its clock too.",
      );
    }
  },
};
