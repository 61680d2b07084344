import { expect, test } from "vitest";
import { listTimeZones, readerZone } from "./reader-zone";

const browser = (zone?: string) => (name: string) => (name === "mgs.zone" ? zone : undefined);

test.each([
  ["Europe/Paris", "America/New_York", "Europe/Paris"],
  [null, "America/New_York", "America/New_York"],
  [null, undefined, "Indian/Antananarivo"],
  [null, "Mars/Olympus", "Indian/Antananarivo"],
  [null, "+03:00", "Indian/Antananarivo"],
])("chosen %s, the browser's %s: %s", (timeZone, cookie, zone) => {
  expect(readerZone({ timeZone }, browser(cookie))).toBe(zone);
});

test("uses the browser's time zone before a sign-in", () => {
  expect(readerZone(undefined, browser("Asia/Tokyo"))).toBe("Asia/Tokyo");
});

test("lists every time zone once", () => {
  const zones = listTimeZones();
  expect(new Set(zones).size).toBe(zones.length);
  expect(zones).toContain("UTC");
  expect(zones).toContain("Indian/Antananarivo");
});
