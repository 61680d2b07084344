import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { type RawData, type WebSocket, WebSocketServer } from "ws";
import type { ServerContext } from "../context";
import { Connection } from "../hub/connection";
import { createOutbox } from "../hub/outbox";
import { createSocketId } from "../hub/socket-id";
import type { CloseReason } from "../protocol/close-codes";
import { connectionEstablished, errorFrame } from "../protocol/frames";
import { parseRequestUrl } from "../request-url";
import { admit } from "./admission";
import { dispatch } from "./dispatch";
import { heard } from "./heartbeat";

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
  const outbox = createOutbox();

  const open = (ws: WebSocket, url: URL, socket: Duplex): void => {
    // Protocol violations and oversized frames close the socket by themselves; without a listener they would throw.
    ws.on("error", (error) => logger.debug({ reason: error.message }, "websocket error"));
    const admission = admit(url, context);
    if (admission.refusal !== undefined) {
      logger.debug({ closeCode: admission.refusal.code }, "connection refused");
      refuse(ws, admission.refusal);
      return;
    }
    const connection = new Connection({
      id: createSocketId(),
      app: admission.app,
      ws,
      socket,
      outbox,
      maxUnsentBytes: limits.maxUnsentBytes,
      now: Date.now(),
    });
    context.hub.add(connection);
    ws.on("close", (closeCode) => {
      context.hub.remove(connection);
      logger.debug({ socketId: connection.id, closeCode }, "connection closed");
    });
    ws.on("message", listen(ws, connection, context));
    ws.on("ping", () => heard(connection, Date.now()));
    ws.on("pong", () => heard(connection, Date.now()));
    connection.send(connectionEstablished(connection.id, Math.max(1, Math.floor(limits.activityTimeoutMs / 1000))));
    logger.debug({ socketId: connection.id, appId: connection.app.id }, "connection open");
  };

  return (request, socket, head) => {
    const url = parseRequestUrl(request);
    if (url === undefined) {
      socket.on("error", () => socket.destroy());
      socket.end("HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
      return;
    }
    upgrader.handleUpgrade(request, socket, head, (ws) => open(ws, url, socket));
  };
}

function refuse(ws: WebSocket, reason: CloseReason): void {
  ws.send(errorFrame(reason), { binary: false });
  ws.close(reason.code, reason.message);
}

function listen(
  ws: WebSocket,
  connection: Connection,
  context: ServerContext,
): (data: RawData, isBinary: boolean) => void {
  return (data, isBinary) => {
    heard(connection, Date.now());
    // What a client still had on its way when it was closed no longer counts.
    if (ws.readyState !== ws.OPEN) return;
    if (isBinary) {
      connection.send(errorFrame({ code: null, message: "Binary WebSocket frames are not supported" }));
      return;
    }
    try {
      dispatch(connection, data.toString(), context);
    } catch (error) {
      context.logger.error({ err: error, socketId: connection.id }, "message handler failed");
      connection.send(errorFrame({ code: null, message: "Internal error" }));
    }
  };
}
