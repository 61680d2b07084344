import { randomBytes } from "node:crypto";
import { createSealer } from "@mgs/core/crypto";
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
