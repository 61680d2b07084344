import type { IncomingMessage } from "node:http";
import { describe, expect, it } from "vitest";
import { createAddressCounter } from "./address-counter";
import { addressRanges, isAddressRange } from "./address-ranges";
import { createCallerReader } from "./caller";
import { isOriginAllowed, isOriginPattern } from "./origin";

const request = (remoteAddress: string, headers: Record<string, string>): IncomingMessage =>
  ({ socket: { remoteAddress }, headers }) as unknown as IncomingMessage;

describe("who asks", () => {
  const read = createCallerReader(addressRanges(["10.0.0.0/8", "192.0.2.7", "fd00::/8"]));
  it.each([
    ["nobody in between", "203.0.113.5", {}, "203.0.113.5"],
    ["a header of a stranger counts for nothing", "203.0.113.5", { "x-forwarded-for": "198.51.100.1" }, "203.0.113.5"],
    ["one proxy", "10.1.2.3", { "x-forwarded-for": "198.51.100.1" }, "198.51.100.1"],
    ["an address that the client made up", "10.1.2.3", { "x-forwarded-for": "1.1.1.1, 198.51.100.1" }, "198.51.100.1"],
    ["two proxies", "10.1.2.3", { "x-forwarded-for": "198.51.100.1, 192.0.2.7" }, "198.51.100.1"],
    ["proxies alone", "10.1.2.3", { "x-forwarded-for": "10.9.9.9" }, "10.9.9.9"],
    ["a proxy without the header", "10.1.2.3", {}, "10.1.2.3"],
    ["nonsense", "10.1.2.3", { "x-forwarded-for": "198.51.100.1, nonsense" }, "10.1.2.3"],
    ["IPv4 in IPv6's clothes", "::ffff:10.1.2.3", { "x-forwarded-for": "::FFFF:198.51.100.1" }, "198.51.100.1"],
    ["with a port", "10.1.2.3", { "x-forwarded-for": "198.51.100.1:4711" }, "198.51.100.1"],
    ["IPv6 with brackets and a port", "fd00::1", { "x-forwarded-for": "[2001:DB8::1]:4711" }, "2001:db8::1"],
  ])("%s", (_name, peer, headers, expected) => {
    expect(read(request(peer, headers)).address).toBe(expected);
  });

  it.each([
    ["plain", "203.0.113.5", {}, false],
    ["a stranger says https", "203.0.113.5", { "x-forwarded-proto": "https" }, false],
    ["a proxy says https", "10.1.2.3", { "x-forwarded-proto": "https" }, true],
    ["a proxy says wss", "10.1.2.3", { "x-forwarded-proto": "WSS" }, true],
    ["a proxy says http", "10.1.2.3", { "x-forwarded-proto": "http" }, false],
    ["the last proxy counts", "10.1.2.3", { "x-forwarded-proto": "https, http" }, false],
  ])("TLS: %s", (_name, peer, headers, expected) => {
    expect(read(request(peer, headers)).isSecure).toBe(expected);
  });
});

it.each([
  ["10.0.0.1", true],
  ["10.0.0.0/8", true],
  ["fd00::/8", true],
  ["10.0.0.0/33", false],
  ["::1/129", false],
  ["10.0.0.0/8/8", false],
  ["10.0.0.0/", false],
  ["localhost", false],
  ["", false],
])("%s is an address or a range: %s", (text, expected) => {
  expect(isAddressRange(text)).toBe(expected);
});

describe("origins", () => {
  it.each<[string | undefined, string[] | undefined, boolean]>([
    ["https://a.example", undefined, true],
    ["https://a.example", [], false],
    [undefined, ["https://a.example"], true],
    ["https://a.example", ["https://a.example"], true],
    ["https://A.Example", ["https://a.example"], true],
    ["https://a.example:443", ["https://a.example"], true],
    ["https://a.example:8443", ["https://a.example"], false],
    ["http://a.example", ["https://a.example"], false],
    ["https://a.example.evil.test", ["https://a.example"], false],
    ["https://a.example", ["https://*.example"], true],
    ["https://b.a.example", ["https://*.example"], true],
    ["https://example", ["https://*.example"], false],
    ["https://notexample", ["https://*.example"], false],
    ["https://a.example:8443", ["https://*.example:8443"], true],
    ["http://localhost:5173", ["https://a.example", "http://localhost:5173"], true],
    ["null", ["https://a.example"], false],
    ["null", ["*"], true],
    ["https://a.example@evil.test", ["https://a.example"], false],
    ["capacitor://localhost", ["capacitor://localhost"], true],
  ])("%s with %j: %s", (origin, allowed, expected) => {
    expect(isOriginAllowed(origin, allowed)).toBe(expected);
  });

  it.each([
    ["https://a.example", true],
    ["https://*.example", true],
    ["*", true],
    ["a.example", false],
    ["https://a.example/", false],
    ["https://*", false],
    ["https://a.*.example", false],
  ])("%s is a pattern: %s", (text, expected) => {
    expect(isOriginPattern(text)).toBe(expected);
  });
});

it("connections of an address are counted, and forgotten with the last", () => {
  const counter = createAddressCounter();
  counter.add("a");
  counter.add("a");
  counter.add("b");
  counter.remove("a");
  expect([counter.of("a"), counter.of("b"), counter.of("c")]).toEqual([1, 1, 0]);
  counter.remove("a");
  expect(counter.of("a")).toBe(0);
});
