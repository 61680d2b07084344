import type { IncomingMessage } from "node:http";
import { type BlockList, isIP } from "node:net";
import { TLSSocket } from "node:tls";
import { listForwarded, normalizeIpAddress } from "@mgs/core/ip-address";

/** The caller of a request: its address, whether TLS protects the connection, and the origin of its page, if it is one. */
export type Caller = { address: string; isSecure: boolean; origin: string | undefined };

/**
 * Makes a function that finds the caller of a request. `X-Forwarded-For` and `X-Forwarded-Proto` are read from trusted proxies
 * alone: the address is the last one in the chain that is not a trusted proxy's, so an address that a client wrote itself
 * never counts.
 */
export function createCallerReader(trusted: BlockList): (request: IncomingMessage) => Caller {
  const isTrusted = (address: string): boolean => {
    const version = isIP(address);
    return version !== 0 && trusted.check(address, version === 4 ? "ipv4" : "ipv6");
  };
  return (request) => {
    const peer = normalizeIpAddress(request.socket.remoteAddress ?? "") ?? "unknown";
    const isSecure = request.socket instanceof TLSSocket;
    const { origin } = request.headers;
    if (!isTrusted(peer)) return { address: peer, isSecure, origin };
    const protocol = lastOf(request.headers["x-forwarded-proto"]);
    return {
      origin,
      address: findClientAddress(peer, listForwarded(request.headers["x-forwarded-for"]), isTrusted),
      isSecure: protocol === undefined ? isSecure : protocol === "https" || protocol === "wss",
    };
  };
}

function findClientAddress(peer: string, chain: string[], isTrusted: (address: string) => boolean): string {
  let address = peer;
  for (const entry of chain.reverse()) {
    const next = normalizeIpAddress(entry);
    if (next === undefined) break;
    address = next;
    if (!isTrusted(address)) break;
  }
  return address;
}

const lastOf = (header: string | string[] | undefined): string | undefined =>
  listForwarded(header).at(-1)?.toLowerCase();
