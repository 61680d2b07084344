import { parseJson } from "../protocol/client-message";
import { type Frame, prepareFrame } from "../protocol/frame";

/** A message of the Pusher protocol, its data read. */
export type HubMessage = { event: string; channel: string; data: unknown };

const CLIENT_EVENT_PREFIX = "client-";

/** Reads a frame of the hub. Events of publishers have their data as text, those of clients as they were sent. */
export function readFrame(frame: Frame): HubMessage {
  const { event, channel = "", data } = JSON.parse(frame.payload.toString()) as HubMessage & { channel?: string };
  const isText = typeof data === "string" && !event.startsWith(CLIENT_EVENT_PREFIX);
  return { event, channel, data: isText ? (parseJson(data) ?? data) : data };
}

/** A packet of Socket.IO, encoded once however many clients receive it. */
export type EventPacket = {
  /** For clients by polling. */
  text: string;
  /** The whole WebSocket frame, by the name by which Socket.IO's own adapter gives it to engine.io, whose types do not have it. */
  options: { compress?: boolean; wsPreEncodedFrame: Buffer[] };
};

/** The first character says to engine.io's clients that a message follows. */
const prepare = (text: string): EventPacket => ({
  text,
  options: { wsPreEncodedFrame: [prepareFrame(`4${text}`).webSocket] },
});

/**
 * An event of the main namespace as a packet: the same text in the protocols of socket.io-client 2, 3 and 4
 * (https://socket.io/docs/v4/socket-io-protocol/#sending-and-receiving-data).
 */
export function eventPacket(event: string, ...data: readonly unknown[]): EventPacket {
  return prepare(`2${JSON.stringify([event, ...data])}`);
}
