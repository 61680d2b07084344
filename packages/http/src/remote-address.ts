import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";
import { listForwarded, normalizeIpAddress } from "@mgs/core/ip-address";
import { enterRequestContext } from "@mgs/core/request-context";

/** A visitor cannot forge this header, because `trackRemoteAddress` overwrites it. */
const REMOTE_ADDRESS_HEADER = "x-mgs-remote-address";

/**
 * Writes each request's socket address into a header for web-standard handlers: a `Request` has no socket, and a visitor may
 * write `X-Forwarded-For`. All work of the request finds the visitor's address in its context. Call it once when the process
 * starts.
 * @param trustedProxies see `readRemoteAddress`
 */
export function trackRemoteAddress(trustedProxies: number): void {
  subscribe("http.server.request.start", (message) => {
    if (typeof message !== "object" || message === null || !("request" in message)) return;
    const { headers, socket } = message.request as IncomingMessage;
    const peer = socket.remoteAddress ?? "";
    const forwarded = headers["x-forwarded-for"];
    headers[REMOTE_ADDRESS_HEADER] = peer;
    enterRequestContext({ readRemoteAddress: () => findVisitor(forwarded, peer, trustedProxies) });
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
  return findVisitor(headers.get("x-forwarded-for"), headers.get(REMOTE_ADDRESS_HEADER) ?? "", trustedProxies);
}

function findVisitor(
  forwarded: string | readonly string[] | null | undefined,
  peer: string,
  trustedProxies: number,
): string {
  const chain = [...listForwarded(forwarded), peer];
  const trusted = chain.slice(Math.max(0, chain.length - 1 - trustedProxies));
  for (const entry of trusted) {
    const address = normalizeIpAddress(entry);
    if (address !== undefined) return address;
  }
  return "unknown";
}
