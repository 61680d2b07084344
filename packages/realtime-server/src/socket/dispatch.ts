import type { MaybePromise } from "../cluster/cluster";
import type { ServerContext } from "../context";
import type { Connection } from "../hub/connection";
import { type ClientMessage, parseClientMessage } from "../protocol/client-message";
import { errorFrame, pongFrame } from "../protocol/frames";
import { sendClientEvent } from "./client-event";
import { signin } from "./signin";
import { subscribe } from "./subscribe";
import { unsubscribe } from "./unsubscribe";

type Handler = (connection: Connection, message: ClientMessage, context: ServerContext) => MaybePromise<void>;

const handlers = new Map<string, Handler>([
  ["pusher:ping", (connection) => connection.send(pongFrame)],
  // Receiving a pong has recorded the activity already.
  ["pusher:pong", () => undefined],
  ["pusher:subscribe", subscribe],
  ["pusher:unsubscribe", unsubscribe],
  ["pusher:signin", signin],
]);

const CLIENT_EVENT_PREFIX = "client-";

/** Handles one text frame of a client. No content of it has a worse result than a `pusher:error`. */
export function dispatch(connection: Connection, text: string, context: ServerContext): MaybePromise<void> {
  const message = parseClientMessage(text);
  if (message === undefined) {
    connection.send(errorFrame({ code: null, message: "Invalid message: expected a JSON object with an event" }));
    return undefined;
  }
  const handler = message.event.startsWith(CLIENT_EVENT_PREFIX) ? sendClientEvent : handlers.get(message.event);
  if (handler === undefined) {
    connection.send(errorFrame({ code: null, message: "Unsupported event" }));
    return undefined;
  }
  return handler(connection, message, context);
}
