import type { IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { setTimeout as delay } from "node:timers/promises";
import { Server as Engine, type ServerOptions as EngineOptions } from "engine.io";
import { Server, type Socket } from "socket.io";
import { WebSocketServer } from "ws";
import type { ServerContext } from "../context";
import { notAllowed, sendReply } from "../http/reply";
import { createSocketId } from "../hub/socket-id";
import { isOriginAllowed } from "../network/origin";
import type { CloseReason } from "../protocol/close-codes";
import { parseRequestUrl } from "../request-url";
import { CLOSE_HANDSHAKE_MS } from "../socket/accept";
import { type Admission, admitToApp, RESTARTING } from "../socket/admission";
import { ClientSession } from "../socket/client-session";
import { handleClientRequests } from "./client-requests";
import { mayPassCookies } from "./cookies";
import { createFrameTranslator } from "./frame-translator";
import { createMemberBook } from "./member-book";
import type { SocketIoOptions } from "./options";
import { SocketIoTransport } from "./socket-io-transport";

const METHODS = ["GET", "POST", "OPTIONS"];
const DEFAULT_PATH = "/socket.io";
/** Time in which a client has to join the main namespace after its handshake. */
const CONNECT_TIMEOUT_MS = 10_000;

/** The WebSockets of engine.io, with the time of all others to end after a Close frame; 30 s without it. */
class EngineWebSocketServer extends WebSocketServer {
  constructor(options: ConstructorParameters<typeof WebSocketServer>[0]) {
    // Its types do not have the time yet.
    const withTime = { ...options, closeTimeout: CLOSE_HANDSHAKE_MS };
    super(withTime);
  }
}

/** The Socket.IO side of the server, on its port. */
export type SocketIo = {
  /** @returns false for a request of another path, which is not handled then */
  handle(request: IncomingMessage, response: ServerResponse): boolean;
  /** As `handle`, for an upgrade to WebSocket. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  /** Closes every client and takes no new one. Resolves when all have got the reason, or after `timeoutMs`. */
  stop(reason: CloseReason, timeoutMs: number): Promise<void>;
};

/**
 * Serves clients of Socket.IO from the hub of the Pusher clients: laravel-echo's with `broadcaster: "socket.io"`, with socket.io-client 2
 * (its protocol is named EIO3), 3 and 4.
 */
export function createSocketIo(context: ServerContext, options: SocketIoOptions): SocketIo {
  const { apps, limits, logger } = context;
  const path = `${(options.path ?? DEFAULT_PATH).replace(/\/+$/, "")}/`;
  const engineOptions: EngineOptions = {
    allowEIO3: true,
    wsEngine: EngineWebSocketServer,
    maxHttpBufferSize: limits.maxFrameBytes,
    // Reflects the origin: cookies go with polling, and `*` would forbid them.
    cors: { origin: (origin, answer) => answer(null, isAllowed(origin)), credentials: true },
    allowRequest: (request, answer) => {
      const refusal = admission(request).refusal;
      if (refusal !== undefined) logger.debug({ closeCode: refusal.code }, "socket.io connection refused");
      answer(refusal?.message, refusal === undefined);
    },
    ...(options.pingIntervalMs === undefined ? {} : { pingInterval: options.pingIntervalMs }),
    ...(options.pingTimeoutMs === undefined ? {} : { pingTimeout: options.pingTimeoutMs }),
  };
  const engine = new Engine(engineOptions);
  // The id of an older client is that of its engine, and a publisher names it as `socket_id`.
  engine.generateId = createSocketId;
  const io = new Server({ serveClient: false, connectTimeout: CONNECT_TIMEOUT_MS });
  giveSocketIds(io);
  io.bind(engine);
  io.on("connection", open);
  const clients = new Set<ClientSession>();
  let isStopped = false;
  let onEmpty: (() => void) | undefined;
  const book = createMemberBook();
  const translator = createFrameTranslator(book);

  function isAllowed(origin: string | undefined): boolean {
    return isOriginAllowed(origin, apps.byId(options.appId)?.allowedOrigins);
  }

  function admission(request: IncomingMessage): Admission {
    if (isStopped) return { refusal: RESTARTING };
    const app = apps.byId(options.appId);
    return admitToApp(app, context, context.callerOf(request));
  }

  function open(socket: Socket): void {
    const { request } = socket;
    // The app may have gone, or filled up, between the handshake and now.
    const { app, refusal } = admission(request);
    if (refusal !== undefined) {
      socket.disconnect(true);
      return;
    }
    const { address, origin } = context.callerOf(request);
    const transport = new SocketIoTransport(socket, { translator, book, onClosing: () => session.depart() });
    // engine.io has a heartbeat of its own, so the hub's pings are not needed.
    const session = new ClientSession(context, {
      ...{ id: socket.id, app, transport, address },
      ...{ protocol: "socket.io", answersPing: false },
    });
    const withCookies = mayPassCookies(origin, request.headers.host, app, options.authorization);
    clients.add(session);
    handleClientRequests({ socket, session, transport, caller: { address, withCookies } }, options, context);
    socket.conn.on("heartbeat", () => session.receiveControlFrame());
    socket.on("disconnect", () => {
      session.end();
      transport.leaveAll();
      clients.delete(session);
      if (clients.size === 0) onEmpty?.();
    });
  }

  const isOurs = (request: IncomingMessage): boolean => parseRequestUrl(request)?.pathname.startsWith(path) ?? false;
  return {
    handle(request, response) {
      if (!isOurs(request)) return false;
      // engine.io answers other methods with 500.
      if (!METHODS.includes(request.method ?? "")) sendReply(response, notAllowed(METHODS));
      else engine.handleRequest(request as Parameters<Engine["handleRequest"]>[0], response);
      return true;
    },
    upgrade(request, socket, head) {
      if (!isOurs(request)) return false;
      engine.handleUpgrade(request as Parameters<Engine["handleUpgrade"]>[0], socket, head);
      return true;
    },
    async stop(reason, timeoutMs) {
      isStopped = true;
      const { promise, resolve } = Promise.withResolvers<void>();
      onEmpty = resolve;
      for (const { connection } of clients) connection.close(reason);
      if (clients.size > 0) await Promise.race([promise, delay(timeoutMs, undefined, { ref: false })]);
    },
  };
}

/** The part of a namespace where its sockets get their ids; there is no public one. */
type SocketFactory = {
  _createSocket(client: unknown, auth: unknown): Promise<{ id: string; conn: { protocol: number } }>;
};

/**
 * Gives clients of protocol 4 ids that publishers may name: server libraries of Pusher refuse a `socket_id` that is not `digits.digits`. An older
 * client knows the id of its engine as its own.
 */
function giveSocketIds(io: Server): void {
  const factory = io.sockets as unknown as SocketFactory;
  const create = factory._createSocket.bind(factory);
  factory._createSocket = async (client, auth) => {
    const socket = await create(client, auth);
    if (socket.conn.protocol !== 3) socket.id = createSocketId();
    return socket;
  };
}
