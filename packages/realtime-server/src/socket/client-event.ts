import type { ServerContext } from "../context";
import type { Connection } from "../hub/connection";
import { channelKind } from "../protocol/channel-name";
import type { ClientMessage } from "../protocol/client-message";
import { ErrorCode } from "../protocol/close-codes";
import { errorFrame, eventFrame } from "../protocol/frames";
import { createRateWindow, type RateWindow } from "./rate-window";

const windows = new WeakMap<Connection, RateWindow>();

/** `client-*`: from a subscriber of a private or presence channel to its other subscribers. */
export function clientEvent(connection: Connection, message: ClientMessage, { hub }: ServerContext): void {
  const { event, channel = "", data } = message;
  const refusal = refusalOfEvent(connection, message);
  if (refusal !== undefined) {
    const error = { code: refusal.code ?? null, message: `Client event rejected - ${refusal.reason}` };
    connection.send(errorFrame(error, channel || undefined));
    return;
  }
  const userId = connection.channels.get(channel)?.userId;
  hub.publish(connection.app, channel, eventFrame({ event, channel, data, userId }), connection.id);
}

type Refusal = { reason: string; code?: number };

function refusalOfEvent(connection: Connection, message: ClientMessage): Refusal | undefined {
  const { event, channel = "", data } = message;
  const { limits } = connection.app;
  if (!connection.app.clientEvents) return { reason: "client events are not enabled for this app" };
  const kind = channelKind(channel);
  if (kind !== "private" && kind !== "presence") {
    return { reason: "only supported on private and presence channels" };
  }
  if (!connection.channels.has(channel)) return { reason: "the connection is not subscribed to the channel" };
  if (event.length > limits.maxEventNameLength) {
    return { reason: `the event name is limited to ${limits.maxEventNameLength} characters` };
  }
  const text = typeof data === "string" ? data : (JSON.stringify(data) ?? "");
  if (Buffer.byteLength(text) > limits.maxEventBytes) {
    return { reason: `the data is limited to ${limits.maxEventBytes} bytes` };
  }
  if (!windowOf(connection, limits.maxClientEventsPerSecond).take(Date.now())) {
    return { reason: `more than ${limits.maxClientEventsPerSecond} a second`, code: ErrorCode.clientEventRate };
  }
  return undefined;
}

function windowOf(connection: Connection, perSecond: number): RateWindow {
  let window = windows.get(connection);
  if (window === undefined) {
    window = createRateWindow(perSecond);
    windows.set(connection, window);
  }
  return window;
}
