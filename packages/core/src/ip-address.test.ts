import { expect, it } from "vitest";
import { listForwarded, normalizeIpAddress } from "./ip-address";

it.each([
  ["203.0.113.7", "203.0.113.7"],
  [" 203.0.113.7 ", "203.0.113.7"],
  ["203.0.113.7:40001", "203.0.113.7"],
  ['"203.0.113.7:40001"', "203.0.113.7"],
  ["2001:db8::7", "2001:db8::7"],
  ["2001:0DB8:0:0:0:0:0:7", "2001:db8::7"],
  ["[2001:db8::7]", "2001:db8::7"],
  ["[2001:DB8::7]:50001", "2001:db8::7"],
  ['"[2001:db8::7]:50001"', "2001:db8::7"],
  ["fe80::1%eth0", "fe80::1"],
  ["[fe80::1%eth0]:50001", "fe80::1"],
  ["::ffff:203.0.113.7", "203.0.113.7"],
  ["[::FFFF:203.0.113.7]:40001", "203.0.113.7"],
  ["0:0:0:0:0:ffff:cb00:7107", "203.0.113.7"],
  ["::1", "::1"],
  ["::203.0.113.7", "::cb00:7107"],
])("%s is the address %s", (written, address) => {
  expect(normalizeIpAddress(written)).toBe(address);
});

it.each([
  "",
  "unknown",
  "_hidden",
  "_SEVKISEK:40001",
  "for=203.0.113.7",
  "localhost",
  "203.0.113",
  "203.0.113.256",
  "010.0.0.1",
  "0x7f.0.0.1",
  "203.0.113.7:",
  "203.0.113.7:port",
  "203.0.113.7:400011",
  "203.0.113.7 40001",
  "[203.0.113.7",
  "[]",
  "[2001:db8::7]x",
  "2001:db8::7:50001",
  "2001:db8:::7",
  "203.0.113.7, 203.0.113.8",
])("%j is no address", (written) => {
  expect(normalizeIpAddress(written)).toBeUndefined();
});

it("entries of a header are listed in their order, without empty ones", () => {
  expect(listForwarded("1.1.1.1, [2001:db8::7]:50001 ,,")).toEqual(["1.1.1.1", "[2001:db8::7]:50001"]);
  expect(listForwarded(["1.1.1.1", "2.2.2.2, 3.3.3.3"])).toEqual(["1.1.1.1", "2.2.2.2", "3.3.3.3"]);
  expect(listForwarded(null)).toEqual([]);
  expect(listForwarded(undefined)).toEqual([]);
});
