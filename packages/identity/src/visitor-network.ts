import { isIPv6 } from "node:net";
import { normalizeIpAddress } from "@mgs/core/ip-address";

const GROUPS = 8;
/** Of these a visitor has one number; the rest of the address is theirs to choose (RFC 4291 section 2.5.1). */
const NETWORK = 4;

/** What one visitor cannot change: an IPv4 address, the first 64 bits of an IPv6 address, any other text as it is. */
export function visitorNetwork(ip: string): string {
  const address = normalizeIpAddress(ip);
  if (address === undefined || !isIPv6(address)) return address ?? ip;
  const [before = [], after] = address.split("::").map((part) => (part === "" ? [] : part.split(":")));
  const left = after === undefined ? 0 : GROUPS - before.length - after.length;
  const groups = [...before, ...Array.from({ length: left }, () => "0"), ...(after ?? [])].slice(0, NETWORK);
  const network = groups.join(":");
  // Nobody's network: the machine itself, and IPv4 in other writings.
  return network === "0:0:0:0" ? address : `${network}::/64`;
}
