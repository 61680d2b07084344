import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";
import { listForwarded, normalizeIpAddress } from "@mgs/core/ip-address";

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
 * The visitor's address in its one spelling, without the port that some proxies write behind it: limits count it, audit
 * and sessions keep it. Where the entry of the outermost trusted proxy is no address (`unknown`, an obfuscated
 * identifier), the nearest hop after it that has one stands for the visitor.
 * @param trustedProxies reverse proxies of ours in front: each appended one entry to `X-Forwarded-For`
 * @returns "unknown" when not even the socket has an address
 */
export function remoteAddress(headers: Headers, trustedProxies: number): string {
  const chain = [...listForwarded(headers.get("x-forwarded-for")), headers.get(HEADER) ?? ""];
  const believed = chain.slice(Math.max(0, chain.length - 1 - trustedProxies));
  for (const entry of believed) {
    const address = normalizeIpAddress(entry);
    if (address !== undefined) return address;
  }
  return "unknown";
}
