import { randomBytes } from "node:crypto";
import { createSealer, sha256 } from "@mgs/core/crypto";
import { expect, it } from "vitest";
import { findKnownDevice, rememberDevice } from "./known-device";

const sealer = createSealer(randomBytes(32).toString("base64"));

it("a browser is known for the accounts that signed in there, and for no other", () => {
  const first = rememberDevice(sealer, undefined, "a@mgs.mg");
  const both = rememberDevice(sealer, first, "b@mgs.mg");
  const id = findKnownDevice(sealer, first, "a@mgs.mg");
  expect(id).toMatch(/^[\w-]{43}$/);
  expect(findKnownDevice(sealer, first, "b@mgs.mg")).toBeNull();
  expect(findKnownDevice(sealer, both, "a@mgs.mg")).toBe(id);
  expect(findKnownDevice(sealer, both, "b@mgs.mg")).toBe(id);
});

it("remembers eight accounts, those that signed in last", () => {
  let cookie = rememberDevice(sealer, undefined, "0@mgs.mg");
  for (let n = 1; n < 9; n++) {
    cookie = rememberDevice(sealer, cookie, `${n}@mgs.mg`);
    cookie = rememberDevice(sealer, cookie, "1@mgs.mg");
  }
  const known = Array.from({ length: 9 }, (_, n) => findKnownDevice(sealer, cookie, `${n}@mgs.mg`) !== null);
  expect(known).toEqual([false, true, true, true, true, true, true, true, true]);
  expect(cookie.length).toBeLessThan(1_000);
});

it("a cookie of anybody else's making is none", () => {
  const other = createSealer(randomBytes(32).toString("base64"));
  const forged = [
    undefined,
    "",
    "nonsense",
    "v1.AAAA",
    rememberDevice(other, undefined, "a@mgs.mg"),
    sealer.seal(JSON.stringify({ id: "x", accounts: ["a@mgs.mg"] }), "another context"),
    sealer.seal("{}", "known-device"),
  ];
  for (const cookie of forged) {
    expect(findKnownDevice(sealer, cookie, "a@mgs.mg"), cookie).toBeNull();
    expect(findKnownDevice(sealer, rememberDevice(sealer, cookie, "a@mgs.mg"), "a@mgs.mg")).not.toBeNull();
  }
});

it("is forgotten by what its owner says later, for that account alone", () => {
  const at = new Date("2026-11-29T08:00:00Z");
  const both = rememberDevice(sealer, rememberDevice(sealer, undefined, "b@mgs.mg", at), "a@mgs.mg", at);
  const find = (email: string, since: string | null, cookie = both) =>
    findKnownDevice(sealer, cookie, email, since === null ? null : new Date(since)) !== null;
  expect(find("a@mgs.mg", "2026-11-29T07:59:59Z")).toBe(true);
  expect(find("a@mgs.mg", "2026-11-29T08:00:00Z")).toBe(false);
  expect(find("b@mgs.mg", null)).toBe(true);
  const later = rememberDevice(sealer, both, "a@mgs.mg", new Date("2026-11-29T09:00:00Z"));
  expect(find("a@mgs.mg", "2026-11-29T08:30:00Z", later)).toBe(true);
  expect(find("b@mgs.mg", "2026-11-29T08:30:00Z", later)).toBe(false);
});

it("of an earlier release has no time, and is known until its owner says otherwise", () => {
  const [account] = [sha256("a@mgs.mg").slice(0, 22)];
  const old = sealer.seal(JSON.stringify({ id: "x", accounts: [account] }), "known-device");
  expect(findKnownDevice(sealer, old, "a@mgs.mg")).toBe("x");
  expect(findKnownDevice(sealer, old, "a@mgs.mg", new Date("2026-01-01"))).toBeNull();
});
