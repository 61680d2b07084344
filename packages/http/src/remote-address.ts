import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";

/** Written over whatever a visitor sent, so it can be believed. */
const HEADER = "x-mgs-remote-address";

/**
 * Notes each request's socket address where web-standard handlers can read it: a `Request` has no socket, and
 * `X-Forwarded-For` is the visitor's to write. Call once when the process starts.
 */
export function trackRemoteAddress(): void {
  subscribe("http.server.request.start", (message) => {
    if (typeof message !== "object" || message === null || !("request" in message)) return;
    const request = message.request as IncomingMessage;
    request.headers[HEADER] = request.socket.remoteAddress ?? "";
  });
}

/**
 * The visitor's address.
 * @param trustedProxies reverse proxies of ours in front: each appended one entry to `X-Forwarded-For`
 */
export function remoteAddress(headers: Headers, trustedProxies: number): string {
  const socket = headers.get(HEADER) ?? "";
  const chain = [...(headers.get("x-forwarded-for") ?? "").split(","), socket].map((entry) => entry.trim());
  const address = trustedProxies === 0 ? socket : chain[Math.max(0, chain.length - 1 - trustedProxies)];
  return (address || "unknown").slice(0, 64);
}
