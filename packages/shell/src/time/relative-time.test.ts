import { expect, test } from "vitest";
import { absoluteTime, relativeTime, waitTime } from "./relative-time";

const now = Date.parse("2026-11-21T12:00:00Z");

test.each([
  ["2026-11-21T11:59:30Z", "maintenant", "now"],
  ["2026-11-21T12:00:40Z", "maintenant", "now"],
  ["2026-11-21T11:59:00Z", "il y a 1 minute", "1 minute ago"],
  ["2026-11-21T11:00:01Z", "il y a 59 minutes", "59 minutes ago"],
  ["2026-11-21T09:30:00Z", "il y a 2 heures", "2 hours ago"],
  ["2026-11-20T11:00:00Z", "hier", "yesterday"],
  ["2026-11-14T11:00:00Z", "la semaine dernière", "last week"],
  ["2025-11-20T11:00:00Z", "l’année dernière", "last year"],
])("%s is %s, %s", (iso, french, english) => {
  expect(relativeTime(iso, now, "fr")).toBe(french);
  expect(relativeTime(iso, now, "en")).toBe(english);
});

test("the full date is in the reader's zone", () => {
  expect(absoluteTime("2026-11-20T22:30:00Z", "fr", "Indian/Antananarivo")).toBe("21 novembre 2026 à 01:30");
});

test.each([
  [0.2, "1 s"],
  [45, "45 s"],
  [125, "2 min 05 s"],
])("%d seconds are %s", (seconds, text) => {
  expect(waitTime(seconds)).toBe(text);
});
