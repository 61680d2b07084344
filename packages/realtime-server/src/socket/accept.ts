import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import type { ServerContext } from "../context";
import type { CloseReason } from "../protocol/close-codes";
import { errorFrame } from "../protocol/frames";
import { parseRequestUrl } from "../request-url";
import { admit } from "./admission";
import { heard } from "./heartbeat";
import { openSession } from "./session";
import { WebSocketTransport } from "./web-socket-transport";

/** Answers HTTP upgrades: a refusal is a WebSocket that closes with the protocol's code, which browsers can read. */
export function createAcceptor(
  context: ServerContext,
): (request: IncomingMessage, socket: Duplex, head: Buffer) => void {
  const { logger, limits } = context;
  const upgrader = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: limits.maxFrameBytes,
  });

  const open = (ws: WebSocket, url: URL, socket: Duplex, address: string): void => {
    // Protocol violations and oversized frames close the socket by themselves; without a listener they would throw.
    ws.on("error", (error) => logger.debug({ reason: error.message, address }, "websocket error"));
    const admission = admit(url, context);
    if (admission.refusal !== undefined) {
      logger.debug({ closeCode: admission.refusal.code, address }, "connection refused");
      refuse(ws, admission.refusal);
      return;
    }
    const transport = new WebSocketTransport(ws, socket);
    const { connection, receive, ended } = openSession(context, { app: admission.app, transport, address });
    ws.on("message", (data, isBinary) => {
      if (!isBinary) receive(data.toString());
      else connection.send(errorFrame({ code: null, message: "Binary WebSocket frames are not supported" }));
    });
    ws.on("ping", () => heard(connection, Date.now()));
    ws.on("pong", () => heard(connection, Date.now()));
    ws.on("close", (closeCode) => {
      ended();
      logger.debug({ socketId: connection.id, appId: connection.app.id, closeCode }, "connection closed");
    });
  };

  return (request, socket, head) => {
    const url = parseRequestUrl(request);
    if (url === undefined) {
      socket.on("error", () => socket.destroy());
      socket.end("HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
      return;
    }
    const address = request.socket.remoteAddress ?? "";
    upgrader.handleUpgrade(request, socket, head, (ws) => open(ws, url, socket, address));
  };
}

function refuse(ws: WebSocket, reason: CloseReason): void {
  ws.send(errorFrame(reason).payload, { binary: false });
  ws.close(reason.code, reason.message);
}
