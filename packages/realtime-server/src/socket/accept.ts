import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { type RawData, WebSocket, WebSocketServer } from "ws";
import type { ServerContext } from "../context";
import type { Caller } from "../network/caller";
import { errorFrame } from "../protocol/frames";
import { parseRequestUrl } from "../request-url";
import { admit } from "./admission";
import { ClientSession } from "./client-session";
import { WebSocketTransport } from "./web-socket-transport";

/** Time in which a client has to end its connection after a Close frame, before the server destroys it. */
export const CLOSE_HANDSHAKE_MS = 5_000;

/** Carries the client session for listeners: a closure for each listener would use memory for each client. */
class ClientSocket extends WebSocket {
  clientSession: ClientSession | undefined;

  /**
   * Called with each Close frame: by `ws` for the client's, by the transport for the server's own. From here on no message is
   * delivered either way, however long the client keeps its TCP connection. The departure is a microtask: the call may be
   * inside a loop over the subscribers of a channel.
   */
  override close(code?: number, data?: string | Buffer): void {
    super.close(code, data);
    queueMicrotask(() => this.clientSession?.depart());
  }
}

function onMessage(this: WebSocket, data: RawData, isBinary: boolean): void {
  const { clientSession } = this as ClientSocket;
  if (!isBinary) {
    clientSession?.receive(data.toString());
    return;
  }
  clientSession?.receiveControlFrame();
  clientSession?.connection.send(errorFrame({ code: null, message: "Binary WebSocket frames are not supported" }));
}

function onControlFrame(this: WebSocket): void {
  (this as ClientSocket).clientSession?.receiveControlFrame();
}

function onClose(this: WebSocket, closeCode: number): void {
  (this as ClientSocket).clientSession?.end(closeCode);
}

/** Answers HTTP upgrades: a refusal is a WebSocket that closes with the protocol's code, which browsers can read. */
export function createAcceptor(
  context: ServerContext,
): (request: IncomingMessage, socket: Duplex, head: Buffer) => void {
  const { logger, limits } = context;
  const options = {
    WebSocket: ClientSocket,
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: limits.maxFrameBytes,
    closeTimeout: CLOSE_HANDSHAKE_MS,
  };
  const upgrader = new WebSocketServer<typeof ClientSocket>(options);

  const open = (ws: ClientSocket, url: URL, socket: Duplex, caller: Caller): void => {
    const { address } = caller;
    // Protocol violations and oversized frames close the socket by themselves; without a listener they would throw.
    ws.on("error", (error) => logger.debug({ reason: error.message, address }, "websocket error"));
    const transport = new WebSocketTransport(ws, socket);
    const admission = admit(url, context, caller);
    if (admission.refusal !== undefined) {
      logger.debug({ closeCode: admission.refusal.code, address }, "connection refused");
      ws.send(errorFrame(admission.refusal).payload, { binary: false });
      transport.close(admission.refusal);
      return;
    }
    const { app, answersPing } = admission;
    ws.clientSession = new ClientSession(context, { app, transport, address, answersPing });
    ws.on("message", onMessage);
    ws.on("ping", onControlFrame);
    ws.on("pong", onControlFrame);
    ws.on("close", onClose);
  };

  return (request, socket, head) => {
    const url = parseRequestUrl(request);
    if (url === undefined) {
      socket.on("error", () => socket.destroy());
      // The client might keep its half of the connection: HTTP timeouts do not apply after an upgrade.
      socket.once("finish", () => socket.destroy());
      socket.end("HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
      return;
    }
    const caller = context.callerOf(request);
    upgrader.handleUpgrade(request, socket, head, (ws) => open(ws, url, socket, caller));
  };
}
