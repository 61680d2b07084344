import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { AppError } from "@mgs/core/errors";
import { negotiateLocale } from "@mgs/core/locale";
import { fail } from "../envelope";
import { KNOWN_METHODS } from "../methods";
import { requestIdOf } from "../request-id";
import { SECURITY_HEADERS } from "../security-headers";
import { writeResponse } from "./answer-node";

export type ServerLimits = {
  /** Time for a whole header; a slower connection is closed with a 408. Node checks twice a minute. */
  headersTimeoutMs: number;
  /** Time for a whole request, since bodies here are small; a slower one is closed with a 408. */
  requestTimeoutMs: number;
  /**
   * Time for which an idle connection is kept. It is longer than proxies keep theirs (nginx 60 s), so that the proxy closes
   * first. With Node's default of 5 s the server could close while a proxy sends a request, and a proxy may not repeat a POST.
   */
  keepAliveTimeoutMs: number;
};

const DEFAULT_LIMITS: ServerLimits = { headersTimeoutMs: 20_000, requestTimeoutMs: 60_000, keepAliveTimeoutMs: 65_000 };

/**
 * Sets a server's timeouts, and limits it to HTTP: it ignores a request to upgrade (RFC 9110 section 7.8) and refuses a
 * tunnel.
 */
export function hardenServer(server: Server, limits: ServerLimits = DEFAULT_LIMITS): void {
  server.headersTimeout = limits.headersTimeoutMs;
  server.requestTimeout = limits.requestTimeoutMs;
  server.keepAliveTimeout = limits.keepAliveTimeoutMs;
  // Pages of the development server reload for ever without its WebSocket.
  if (process.env.NODE_ENV !== "development") server.removeAllListeners("upgrade");
  server.on("connect", (_request, socket) => {
    socket.on("error", () => undefined);
    socket.end(`HTTP/1.1 405 Method Not Allowed\r\nAllow: ${KNOWN_METHODS}\r\nConnection: close\r\n\r\n`);
  });
}

/** Matches a host (RFC 3986 section 3.2.2): a name of letters, digits, dots and hyphens, or an IPv6 address. */
const HOST_PATTERN = /^(?:[\w.-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?$/i;

const ABSOLUTE_TARGET_PATTERN = /^https?:\/\/(?<authority>[^/?#]*)(?<path>.*)$/i;

/**
 * Refuses malformed requests before a handler sees them, and turns an absolute target into a path (RFC 9112 section 3.2.2),
 * whose authority has to be that of `Host`. Call it before any code reads the address.
 * @returns false when the request is refused: it is answered, and its connection ends
 */
export function admitRequest(request: IncomingMessage, response: ServerResponse): boolean {
  if (request.url === "*" && request.method === "OPTIONS") {
    response.writeHead(204, { ...SECURITY_HEADERS, allow: KNOWN_METHODS }).end();
    return false;
  }
  if (normalizeTarget(request)) return true;
  const headers = new Headers();
  for (const name of ["accept-language", "x-request-id"]) {
    const value = request.headers[name];
    if (typeof value === "string") headers.set(name, value);
  }
  const locale = negotiateLocale(headers.get("accept-language"));
  const refusal = fail(new AppError("BAD_REQUEST"), locale, requestIdOf(headers), { headers: { connection: "close" } });
  writeResponse(refusal, request, response, SECURITY_HEADERS).catch(() => response.destroy());
  return false;
}

/** Turns an absolute target into a path. @returns false when the target or `Host` is malformed */
function normalizeTarget(request: IncomingMessage): boolean {
  const { host, upgrade } = request.headers;
  if (upgrade?.toLowerCase().includes("websocket")) return false;
  // HTTP/1.0 has no Host. RFC 9112 section 3.2 refuses two of them, and one that is malformed.
  if (host !== undefined && (!HOST_PATTERN.test(host) || countHosts(request.rawHeaders) > 1)) return false;
  const url = request.url ?? "";
  if (url.startsWith("/")) return true;
  const absolute = ABSOLUTE_TARGET_PATTERN.exec(url)?.groups;
  if (!absolute || absolute.authority?.toLowerCase() !== host?.toLowerCase()) return false;
  const { path = "" } = absolute;
  request.url = path.startsWith("/") ? path : `/${path}`;
  return true;
}

function countHosts(rawHeaders: readonly string[]): number {
  let count = 0;
  for (let at = 0; at < rawHeaders.length; at += 2) if (rawHeaders[at]?.toLowerCase() === "host") count++;
  return count;
}
