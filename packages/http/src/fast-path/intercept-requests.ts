import { subscribe } from "node:diagnostics_channel";
import { type IncomingMessage, type RequestListener, Server, type ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { drainBeforeClose } from "./drain-before-close";
import { admitRequest, hardenServer } from "./harden-server";

/** Answers by Node's own request and response; `passThrough` hands both to the framework, untouched. */
export type NodeAnswer = (request: IncomingMessage, response: ServerResponse, passThrough: () => void) => Promise<void>;

/**
 * Answers a request and returns true, or passes it to the framework: at once by returning false, or later by calling
 * `passThrough`, as long as it has neither read the request's body nor written anything.
 */
export type Interceptor = (request: IncomingMessage, response: ServerResponse, passThrough: () => void) => boolean;

/**
 * Puts `intercept` before the framework on the server that listens on `port`. The framework makes that server itself, and
 * its way through proxy, router and renderer costs a call of the API more than the call's own work. It works with
 * `next start` and with the standalone output's `server.js` alike, since neither is replaced.
 * Call once when the process starts; whatever `intercept` passes through goes on as if it were not there.
 * @param port asked at the first connection: the framework knows it when it listens
 * @param headers of every answer, the framework's own (built files, redirects) and refusals included; one that sets the
 *   same header has its own
 */
export function interceptRequests(
  port: () => number,
  intercept: Interceptor,
  headers: Readonly<Record<string, string>> = {},
): void {
  const seen = new WeakSet<Server>();
  // Published before anything is read of the first connection, so the very first request comes here already.
  subscribe("net.server.socket", (message) => {
    const { server } = (message as { socket: Socket & { server?: unknown } }).socket;
    if (!(server instanceof Server) || seen.has(server)) return;
    seen.add(server);
    const address = server.address();
    if (address === null || typeof address === "string" || address.port !== port()) return;
    hardenServer(server);
    const answering = endConnectionsWithClose(server);
    const listeners = server.listeners("request") as RequestListener[];
    server.removeAllListeners("request");
    server.on("request", (request: IncomingMessage, response: ServerResponse & { req: IncomingMessage }) => {
      const passThrough = (): void => {
        for (const listener of listeners) listener.call(server, request, response);
      };
      answering(response);
      for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
      if (!server.listening || request.headers.connection?.toLowerCase() === "close") drainBeforeClose(request);
      if (!admitRequest(request, response)) return;
      if (!intercept(request, response, passThrough)) passThrough();
    });
  });
}

/**
 * A server that closes ends its idle connections, and keeps those that are being answered for as long as idle ones: the
 * process would stay for a minute, or for as long as a proxy goes on using them. So they end with their answer.
 * @returns to be told of each answer
 */
function endConnectionsWithClose(server: Server): (response: ServerResponse) => void {
  const answering = new Set<ServerResponse>();
  const end = (response: ServerResponse): void => {
    if (!response.headersSent) response.setHeader("connection", "close");
  };
  const close = server.close.bind(server);
  server.close = (callback) => {
    // For answers whose headers are on their way already; 0 would be for ever.
    server.keepAliveTimeout = 1;
    answering.forEach(end);
    return close(callback);
  };
  return (response) => {
    if (!server.listening) return end(response);
    answering.add(response);
    response.once("close", () => answering.delete(response));
  };
}
