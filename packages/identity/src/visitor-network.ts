import { isIPv6 } from "node:net";

const MAPPED = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;
const GROUPS = 8;
/** Of these a visitor has one number; the rest of the address is theirs to choose (RFC 4291 section 2.5.1). */
const NETWORK = 4;

/** What one visitor cannot change: an IPv4 address, the first 64 bits of an IPv6 address, any other text as it is. */
export function visitorNetwork(ip: string): string {
  const address = ip.split("%")[0] ?? "";
  if (!isIPv6(address)) return ip;
  const mapped = MAPPED.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  const [before = [], after] = address.split("::").map((part) => (part === "" ? [] : part.split(":")));
  const left = after === undefined ? 0 : Math.max(0, GROUPS - before.length - after.length);
  const groups = [...before, ...Array.from({ length: left }, () => "0"), ...(after ?? [])].slice(0, NETWORK);
  const network = groups.map((group) => Number.parseInt(group, 16).toString(16)).join(":");
  // Nobody's network: the machine itself, and IPv4 in other writings.
  return network === "0:0:0:0" ? ip : `${network}::/64`;
}
