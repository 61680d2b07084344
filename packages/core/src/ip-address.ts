import { isIP } from "node:net";

/** Match an address that a proxy wrote in brackets, or with the caller's port after it. */
const BRACKETED_PATTERN = /^\[([^\]]+)\](?::\d{1,5})?$/;
const IPV4_WITH_PORT_PATTERN = /^([\d.]+):\d{1,5}$/;
/** Matches an IPv4 address as a dual-stack socket writes it (RFC 4291 section 2.5.5.2), its last two groups in hexadecimal. */
const MAPPED_IPV4_PATTERN = /^::ffff:([\da-f]{1,4}):([\da-f]{1,4})$/;

/**
 * Normalizes an IP address of a socket or of `X-Forwarded-For`: without port, brackets, quotes (RFC 7239 section 6) and zone;
 * IPv6 as in RFC 5952; an IPv4 address that is mapped into IPv6 as IPv4.
 * @returns undefined for a text that is no address: a host name, `unknown`, an obfuscated identifier (`_hidden`)
 */
export function normalizeIpAddress(text: string): string | undefined {
  const written = text.trim().replace(/^"(.*)"$/, "$1");
  const bare = BRACKETED_PATTERN.exec(written)?.[1] ?? IPV4_WITH_PORT_PATTERN.exec(written)?.[1] ?? written;
  const address = bare.replace(/%.*$/, "");
  const version = isIP(address);
  if (version === 0) return undefined;
  if (version === 4) return address;
  // The URL parser writes IPv6 in its canonical form, in brackets.
  const canonical = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [, high, low] = MAPPED_IPV4_PATTERN.exec(canonical) ?? [];
  return high === undefined || low === undefined ? canonical : toIpv4(high, low);
}

/** Lists the entries of an `X-Forwarded-*` header, or of several with one name, in the order in which proxies wrote them. */
export function listForwarded(header: string | readonly string[] | null | undefined): string[] {
  return String(header ?? "")
    .split(",")
    .map((entry) => entry.trim())
    .filter((entry) => entry !== "");
}

function toIpv4(high: string, low: string): string {
  const bits = Number.parseInt(high, 16) * 0x1_0000 + Number.parseInt(low, 16);
  return [24, 16, 8, 0].map((shift) => (bits >>> shift) & 0xff).join(".");
}
