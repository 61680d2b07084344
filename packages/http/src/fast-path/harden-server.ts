import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { AppError } from "@mgs/core/errors";
import { negotiateLocale } from "@mgs/core/locale";
import { fail } from "../envelope";
import { KNOWN_METHODS } from "../methods";
import { requestIdOf } from "../request-id";
import { SECURITY_HEADERS } from "../security-headers";
import { writeResponse } from "./answer-node";

export type ServerLimits = {
  /** Milliseconds until a connection that has not sent a whole header is closed with a 408; Node looks twice a minute. */
  headersTimeoutMs: number;
  /** Milliseconds until a request that has not come whole is: bodies here are small. */
  requestTimeoutMs: number;
  /**
   * Milliseconds that an idle connection is kept. Longer than proxies keep theirs (nginx 60 s): who closes first is sure
   * that nothing is on its way. Node's own 5 s would break off what a proxy sends at that moment, and no proxy may send a
   * POST again.
   */
  keepAliveTimeoutMs: number;
};

const LIMITS: ServerLimits = { headersTimeoutMs: 20_000, requestTimeoutMs: 60_000, keepAliveTimeoutMs: 65_000 };

/**
 * Bounds what a connection may wait for. Nothing here speaks anything but HTTP: a request that asks to upgrade is a
 * request like any other (RFC 9110 section 7.8), and a tunnel is refused.
 */
export function hardenServer(server: Server, limits: ServerLimits = LIMITS): void {
  server.headersTimeout = limits.headersTimeoutMs;
  server.requestTimeout = limits.requestTimeoutMs;
  server.keepAliveTimeout = limits.keepAliveTimeoutMs;
  // The development server speaks to its pages by a WebSocket; without it they reload for ever.
  if (process.env.NODE_ENV !== "development") server.removeAllListeners("upgrade");
  server.on("connect", (_request, socket) => {
    socket.on("error", () => undefined);
    socket.end(`HTTP/1.1 405 Method Not Allowed\r\nAllow: ${KNOWN_METHODS}\r\nConnection: close\r\n\r\n`);
  });
}

/** RFC 3986 section 3.2.2, as far as names are used: letters, digits, dots and hyphens, or an IPv6 address. */
const HOST = /^(?:[\w.-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?$/i;

const ABSOLUTE = /^https?:\/\/(?<authority>[^/?#]*)(?<path>.*)$/i;

/**
 * Refuses what no handler may see, and makes an absolute target plain (RFC 9112 section 3.2.2): its authority has to be
 * the one that `Host` names. Call before anything reads the address.
 * @returns whether the request goes on; otherwise it is answered, and its connection ends
 */
export function admitRequest(request: IncomingMessage, response: ServerResponse): boolean {
  if (request.url === "*" && request.method === "OPTIONS") {
    response.writeHead(204, { ...SECURITY_HEADERS, allow: KNOWN_METHODS }).end();
    return false;
  }
  if (isPlain(request)) return true;
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

function isPlain(request: IncomingMessage): boolean {
  const { host, upgrade } = request.headers;
  if (upgrade?.toLowerCase().includes("websocket")) return false;
  // HTTP/1.0 knows no Host; two of them, or one that is no host, are refused (RFC 9112 section 3.2).
  if (host !== undefined && (!HOST.test(host) || countHosts(request.rawHeaders) > 1)) return false;
  const url = request.url ?? "";
  if (url.startsWith("/")) return true;
  const absolute = ABSOLUTE.exec(url)?.groups;
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
