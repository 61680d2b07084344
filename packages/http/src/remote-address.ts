import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";
import { listForwarded, normalizeIpAddress } from "@mgs/core/ip-address";

/** A visitor cannot forge this header, because `trackRemoteAddress` overwrites it. */
const REMOTE_ADDRESS_HEADER = "x-mgs-remote-address";

/**
 * Writes each request's socket address into a header for web-standard handlers: a `Request` has no socket, and a visitor may
 * write `X-Forwarded-For`. Call it once when the process starts.
 */
export function trackRemoteAddress(): void {
  subscribe("http.server.request.start", (message) => {
    if (typeof message !== "object" || message === null || !("request" in message)) return;
    const request = message.request as IncomingMessage;
    request.headers[REMOTE_ADDRESS_HEADER] = request.socket.remoteAddress ?? "";
  });
}

/**
 * Reads the visitor's address, normalized and without the port that some proxies add: limits count it, audit and sessions
 * store it. When the outermost trusted proxy's entry is no address (`unknown`, an obfuscated identifier), it returns the
 * nearest hop after it that has one.
 * @param trustedProxies our own reverse proxies in front: each appended one entry to `X-Forwarded-For`
 * @returns "unknown" when not even the socket has an address
 */
export function readRemoteAddress(headers: Headers, trustedProxies: number): string {
  const chain = [...listForwarded(headers.get("x-forwarded-for")), headers.get(REMOTE_ADDRESS_HEADER) ?? ""];
  const trusted = chain.slice(Math.max(0, chain.length - 1 - trustedProxies));
  for (const entry of trusted) {
    const address = normalizeIpAddress(entry);
    if (address !== undefined) return address;
  }
  return "unknown";
}
