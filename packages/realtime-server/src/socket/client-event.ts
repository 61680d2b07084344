import type { MaybePromise } from "../cluster/cluster";
import type { ServerContext } from "../context";
import type { Connection } from "../hub/connection";
import { RateWindow } from "../hub/rate-window";
import { channelKind } from "../protocol/channel-name";
import type { ClientMessage } from "../protocol/client-message";
import { ErrorCode } from "../protocol/close-codes";
import { clientEventFrame, errorFrame } from "../protocol/frames";
import { memberSource } from "../protocol/json-text";

/** `client-*`: from a subscriber of a private or presence channel to its other subscribers. */
export function sendClientEvent(
  connection: Connection,
  message: ClientMessage,
  { hub }: ServerContext,
): MaybePromise<void> {
  const { event, channel = "", data } = message;
  const source = memberSource(message.text, "data");
  // Data in a string is the string's content, as in an event of a publisher.
  const text = typeof data === "string" ? data : (source ?? "");
  const refusal = checkClientEvent(connection, event, channel, text);
  if (refusal !== undefined) {
    const error = { code: refusal.code ?? null, message: `Client event rejected - ${refusal.reason}` };
    connection.send(errorFrame(error, channel || undefined));
    return undefined;
  }
  const userId = connection.channels.get(channel)?.userId;
  const frame = clientEventFrame({ event, channel, source, userId });
  hub.raise(connection.app, {
    name: "client_event",
    channel,
    event,
    data: text,
    socket_id: connection.id,
    ...(userId === undefined ? {} : { user_id: userId }),
  });
  return hub.publish(connection.app, channel, frame, { exceptSocketId: connection.id, publishedAt: performance.now() });
}

type Refusal = { reason: string; code?: number };

function checkClientEvent(connection: Connection, event: string, channel: string, data: string): Refusal | undefined {
  const { limits } = connection.app;
  if (!connection.app.clientEvents) return { reason: "client events are not enabled for this app" };
  const kind = channelKind(channel);
  if (kind !== "private" && kind !== "presence") {
    return { reason: "only supported on private and presence channels" };
  }
  if (connection.mutedChannels?.has(channel)) return { reason: "client events are not allowed on this channel" };
  if (!connection.channels.has(channel)) return { reason: "the connection is not subscribed to the channel" };
  if (event.length > limits.maxEventNameLength) {
    return { reason: `the event name is limited to ${limits.maxEventNameLength} characters` };
  }
  if (Buffer.byteLength(data) > limits.maxEventBytes) {
    return { reason: `the data is limited to ${limits.maxEventBytes} bytes` };
  }
  connection.clientEventRate ??= new RateWindow();
  if (!connection.clientEventRate.take(Date.now(), limits.maxClientEventsPerSecond)) {
    return { reason: `more than ${limits.maxClientEventsPerSecond} a second`, code: ErrorCode.clientEventRate };
  }
  return undefined;
}
