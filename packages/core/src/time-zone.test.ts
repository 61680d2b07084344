import { expect, test } from "vitest";
import { canonicalTimeZone, DEFAULT_TIME_ZONE } from "./time-zone";

test.each([
  ["Europe/Paris", "Europe/Paris"],
  ["europe/paris", "Europe/Paris"],
  ["UTC", "UTC"],
  ["America/Argentina/Buenos_Aires", "America/Buenos_Aires"],
  ["Etc/GMT+3", "Etc/GMT+3"],
])("%s is %s", (name, canonical) => {
  expect(canonicalTimeZone(name)).toBe(canonical);
  expect(canonicalTimeZone(canonical)).toBe(canonical);
});

test.each([
  ...["+03:00", "-01", "", " Europe/Paris", "Europe/Paris\n", "Mars/Olympus", "a".repeat(65)],
  ...["Europe/Paris; Path=/", null, undefined, 3, ["UTC"]],
])("%j is no zone", (name) => {
  expect(canonicalTimeZone(name)).toBeNull();
});

test("the default is a zone", () => expect(canonicalTimeZone(DEFAULT_TIME_ZONE)).not.toBeNull());
