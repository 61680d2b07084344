import { z } from "zod";
import type { ServerContext } from "../context";
import type { Connection } from "../hub/connection";
import { type ClientMessage, parseData } from "../protocol/client-message";
import { errorFrame } from "../protocol/frames";

const dataSchema = z.object({ channel: z.string() });

/** `pusher:unsubscribe`; unsubscribing from a channel without a subscription is no error. */
export function unsubscribe(connection: Connection, message: ClientMessage, { hub }: ServerContext): void {
  const data = parseData(dataSchema, message.data);
  if (data === undefined) {
    connection.send(errorFrame({ code: null, message: "pusher:unsubscribe needs data with a channel" }));
    return;
  }
  hub.unsubscribe(connection, data.channel);
}
