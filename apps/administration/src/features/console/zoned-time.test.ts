import { expect, it } from "vitest";
import { fromLocal, toLocal } from "./zoned-time";

it.each([
  ["2026-11-21T03:30", "Indian/Antananarivo", "2026-11-21T00:30:00.000Z"],
  ["2026-07-01T12:00", "Europe/Paris", "2026-07-01T10:00:00.000Z"],
  ["2026-10-25T00:30", "Europe/Paris", "2026-10-24T22:30:00.000Z"],
  ["2026-10-25T23:30", "Europe/Paris", "2026-10-25T22:30:00.000Z"],
])("%s in %s is %s, and back", (local, zone, iso) => {
  expect(fromLocal(local, zone)?.toISOString()).toBe(iso);
  expect(toLocal(new Date(iso), zone)).toBe(local);
});

it.each([
  "",
  "hier",
  "2026-13-01T00:00",
  "2026-11-21",
  "2026-11-21T03:30Z",
  // A year that is still being typed.
  "0020-05-01T10:00",
  "0000-01-01T00:00",
])("%j is no time", (local) => {
  expect(fromLocal(local, "Europe/Paris")).toBeNull();
});
