import { isIPv6 } from "node:net";
import { normalizeIpAddress } from "@mgs/core/ip-address";

const ADDRESS_GROUPS = 8;
/** The network assigns these to a visitor, who chooses the rest of the address (RFC 4291 section 2.5.1). */
const NETWORK_GROUPS = 4;

/** The part of an address that a visitor cannot change: an IPv4 address, the first 64 bits of an IPv6 address, any other text as it is. */
export function visitorNetwork(ip: string): string {
  const address = normalizeIpAddress(ip);
  if (address === undefined || !isIPv6(address)) return address ?? ip;
  const [before = [], after] = address.split("::").map((part) => (part === "" ? [] : part.split(":")));
  const left = after === undefined ? 0 : ADDRESS_GROUPS - before.length - after.length;
  const groups = [...before, ...Array.from({ length: left }, () => "0"), ...(after ?? [])].slice(0, NETWORK_GROUPS);
  const network = groups.join(":");
  // No network: the loopback address, and IPv4 in other writings.
  return network === "0:0:0:0" ? address : `${network}::/64`;
}
