import { describe, expect, it } from "vitest";
import { readRemoteAddress } from "./remote-address";

const PROXY = "10.0.0.1";

function visitor(forwarded: string | null, trustedProxies: number, socket = PROXY): string {
  const headers = new Headers({ "x-mgs-remote-address": socket });
  if (forwarded !== null) headers.set("x-forwarded-for", forwarded);
  return readRemoteAddress(headers, trustedProxies);
}

describe("a visitor's address", () => {
  it.each([
    ["nobody in between", "198.51.100.1", 0, PROXY],
    ["one proxy", "203.0.113.7", 1, "203.0.113.7"],
    ["what a visitor made up is before what the proxy wrote", "1.1.1.1, 203.0.113.7", 1, "203.0.113.7"],
    ["two proxies", "1.1.1.1, 203.0.113.7, 10.0.0.2", 2, "203.0.113.7"],
    ["fewer entries than proxies", "203.0.113.7", 3, "203.0.113.7"],
    ["a proxy that writes nothing", null, 1, PROXY],
    ["a port behind IPv4", "203.0.113.7:40001", 1, "203.0.113.7"],
    ["brackets and a port around IPv6", "[2001:db8::7]:50001", 1, "2001:db8::7"],
    ["another spelling of IPv6", "2001:0DB8:0::0007", 1, "2001:db8::7"],
    ["IPv4 mapped into IPv6", "::ffff:203.0.113.7", 1, "203.0.113.7"],
    ["a zone", "fe80::7%eth0", 1, "fe80::7"],
    ["an obfuscated identifier", "_hidden", 1, PROXY],
    ["no address, behind two proxies", "unknown, 10.0.0.2:443", 2, "10.0.0.2"],
    ["a text that no column should keep", "<script>".repeat(100), 1, PROXY],
  ])("%s", (_name, forwarded, trustedProxies, expected) => {
    expect(visitor(forwarded, trustedProxies)).toBe(expected);
  });

  it("is IPv4 for an IPv4 visitor on a dual-stack socket", () => {
    expect(visitor(null, 0, "::ffff:203.0.113.7")).toBe("203.0.113.7");
  });

  it("is unknown without any address", () => {
    expect(visitor("nonsense", 1, "")).toBe("unknown");
  });
});
