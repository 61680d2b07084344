import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { type RawData, WebSocket, WebSocketServer } from "ws";
import type { ServerContext } from "../context";
import type { Caller } from "../network/caller";
import type { CloseReason } from "../protocol/close-codes";
import { errorFrame } from "../protocol/frames";
import { parseRequestUrl } from "../request-url";
import { admit } from "./admission";
import { Session } from "./session";
import { WebSocketTransport } from "./web-socket-transport";

/** Listeners find their session here: a closure for each of a client's events would be memory for each client. */
class ClientSocket extends WebSocket {
  session: Session | undefined;
}

function onMessage(this: WebSocket, data: RawData, isBinary: boolean): void {
  const { session } = this as ClientSocket;
  if (!isBinary) session?.receive(data.toString());
  else session?.connection.send(errorFrame({ code: null, message: "Binary WebSocket frames are not supported" }));
}

function onSignOfLife(this: WebSocket): void {
  (this as ClientSocket).session?.heard();
}

function onClose(this: WebSocket, closeCode: number): void {
  (this as ClientSocket).session?.ended(closeCode);
}

/** Answers HTTP upgrades: a refusal is a WebSocket that closes with the protocol's code, which browsers can read. */
export function createAcceptor(
  context: ServerContext,
): (request: IncomingMessage, socket: Duplex, head: Buffer) => void {
  const { logger, limits } = context;
  const upgrader = new WebSocketServer<typeof ClientSocket>({
    WebSocket: ClientSocket,
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: limits.maxFrameBytes,
  });

  const open = (ws: ClientSocket, url: URL, socket: Duplex, caller: Caller): void => {
    const { address } = caller;
    // Protocol violations and oversized frames close the socket by themselves; without a listener they would throw.
    ws.on("error", (error) => logger.debug({ reason: error.message, address }, "websocket error"));
    const admission = admit(url, context, caller);
    if (admission.refusal !== undefined) {
      logger.debug({ closeCode: admission.refusal.code, address }, "connection refused");
      refuse(ws, admission.refusal);
      return;
    }
    const transport = new WebSocketTransport(ws, socket);
    ws.session = new Session(context, { app: admission.app, transport, address });
    ws.on("message", onMessage);
    ws.on("ping", onSignOfLife);
    ws.on("pong", onSignOfLife);
    ws.on("close", onClose);
  };

  return (request, socket, head) => {
    const url = parseRequestUrl(request);
    if (url === undefined) {
      socket.on("error", () => socket.destroy());
      socket.end("HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
      return;
    }
    const caller = context.callerOf(request);
    upgrader.handleUpgrade(request, socket, head, (ws) => open(ws, url, socket, caller));
  };
}

function refuse(ws: WebSocket, reason: CloseReason): void {
  ws.send(errorFrame(reason).payload, { binary: false });
  ws.close(reason.code, reason.message);
}
