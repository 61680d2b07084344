import { subscribe } from "node:diagnostics_channel";
import { type IncomingMessage, type RequestListener, Server, type ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { drainBeforeClose } from "./drain-before-close";
import { admitRequest, hardenServer } from "./harden-server";

/** Answers with Node's request and response; `passThrough` gives both to the framework, unchanged. */
export type NodeAnswer = (request: IncomingMessage, response: ServerResponse, passThrough: () => void) => Promise<void>;

/**
 * Answers a request and returns true, or passes it to the framework: at once by returning false, or later by calling
 * `passThrough`, before it has read the body or written anything.
 */
export type Interceptor = (request: IncomingMessage, response: ServerResponse, passThrough: () => void) => boolean;

/**
 * Runs `intercept` before the framework on the server that listens on `port`, because the framework's proxy, router and
 * renderer cost a call of the API more than the call's own work. The framework makes that server itself, so this works with
 * `next start` and with the standalone output's `server.js` alike. Call it once when the process starts.
 * @param port is called at the first connection, when the framework knows its port
 * @param headers of every answer, also of the framework's answers (built files, redirects) and of refusals; an answer may
 *   override them
 */
export function interceptRequests(
  port: () => number,
  intercept: Interceptor,
  headers: Readonly<Record<string, string>> = {},
): void {
  const knownServers = new WeakSet<Server>();
  // Node publishes this before it reads from the first connection, so the first request is intercepted already.
  subscribe("net.server.socket", (message) => {
    const { server } = (message as { socket: Socket & { server?: unknown } }).socket;
    if (!(server instanceof Server) || knownServers.has(server)) return;
    knownServers.add(server);
    const address = server.address();
    if (address === null || typeof address === "string" || address.port !== port()) return;
    hardenServer(server);
    const trackAnswer = closeConnectionsAfterAnswers(server);
    const listeners = server.listeners("request") as RequestListener[];
    server.removeAllListeners("request");
    server.on("request", (request: IncomingMessage, response: ServerResponse & { req: IncomingMessage }) => {
      const passThrough = (): void => {
        for (const listener of listeners) listener.call(server, request, response);
      };
      trackAnswer(response);
      for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
      if (!server.listening || request.headers.connection?.toLowerCase() === "close") drainBeforeClose(request);
      if (!admitRequest(request, response)) return;
      if (!intercept(request, response, passThrough)) passThrough();
    });
  });
}

/**
 * Makes connections end with their answer once the server closes. Node ends idle connections at once, but would keep busy ones
 * until their keep-alive timeout, so the process would stay for a minute, or for as long as a proxy uses them.
 * @returns a function to call with each response
 */
function closeConnectionsAfterAnswers(server: Server): (response: ServerResponse) => void {
  const answering = new Set<ServerResponse>();
  const setConnectionClose = (response: ServerResponse): void => {
    if (!response.headersSent) response.setHeader("connection", "close");
  };
  const close = server.close.bind(server);
  server.close = (callback) => {
    // This closes connections whose answer has sent its headers already; 0 would mean no timeout.
    server.keepAliveTimeout = 1;
    answering.forEach(setConnectionClose);
    return close(callback);
  };
  return (response) => {
    if (!server.listening) return setConnectionClose(response);
    answering.add(response);
    response.once("close", () => answering.delete(response));
  };
}
