import { expect, test } from "vitest";
import { absoluteTime, relativeTime, waitTime } from "./relative-time";

const now = "2026-11-21T12:00:00Z";
const TANA = "Indian/Antananarivo";

test.each([
  ["2026-11-21T11:59:30Z", now, TANA, "maintenant", "now"],
  ["2026-11-21T12:00:40Z", now, TANA, "maintenant", "now"],
  ["2026-11-21T11:59:00Z", now, TANA, "il y a 1 minute", "1 minute ago"],
  ["2026-11-21T11:00:01Z", now, TANA, "il y a 59 minutes", "59 minutes ago"],
  ["2026-11-21T09:30:00Z", now, TANA, "il y a 2 heures", "2 hours ago"],
  ["2026-11-20T11:00:00Z", now, TANA, "hier", "yesterday"],
  ["2026-11-14T11:00:00Z", now, TANA, "la semaine dernière", "last week"],
  ["2026-10-10T11:00:00Z", now, TANA, "le mois dernier", "last month"],
  ["2025-11-20T11:00:00Z", now, TANA, "l’année dernière", "last year"],
  // Yesterday is a day of the calendar: 15 hours ago, and not 25 hours ago.
  ["2026-11-20T18:00:00Z", "2026-11-21T09:00:00Z", TANA, "hier", "yesterday"],
  ["2026-11-19T20:30:00Z", "2026-11-20T21:30:00Z", TANA, "avant-hier", "2 days ago"],
  ["2026-11-20T21:30:00Z", "2026-11-21T20:30:00Z", TANA, "il y a 23 heures", "23 hours ago"],
  // The same two moments are of one day in Madagascar, of two in New York.
  ["2026-11-21T00:00:00Z", "2026-11-21T18:00:00Z", TANA, "il y a 18 heures", "18 hours ago"],
  ["2026-11-21T00:00:00Z", "2026-11-21T18:00:00Z", "America/New_York", "hier", "yesterday"],
  // Minutes are minutes, also over midnight.
  ["2026-11-20T20:50:00Z", "2026-11-20T21:10:00Z", TANA, "il y a 20 minutes", "20 minutes ago"],
  // A day of 25 hours, and one of 23: where the clocks change.
  ["2026-10-24T22:30:00Z", "2026-10-25T22:30:00Z", "Europe/Paris", "il y a 24 heures", "24 hours ago"],
  ["2026-10-24T21:30:00Z", "2026-10-25T22:30:00Z", "Europe/Paris", "hier", "yesterday"],
  ["2026-03-28T22:30:00Z", "2026-03-29T21:30:00Z", "Europe/Paris", "hier", "yesterday"],
  // Weeks begin on Monday; 13 days ago is not always last week. 29 days of one month are weeks.
  ["2026-11-09T12:00:00Z", "2026-11-22T12:00:00Z", TANA, "la semaine dernière", "last week"],
  ["2026-11-10T12:00:00Z", "2026-11-23T12:00:00Z", TANA, "il y a 2 semaines", "2 weeks ago"],
  ["2026-12-01T12:00:00Z", "2026-12-31T12:00:00Z", TANA, "il y a 4 semaines", "4 weeks ago"],
  ["2026-01-02T12:00:00Z", "2026-12-31T12:00:00Z", TANA, "il y a 11 mois", "11 months ago"],
])("%s, at %s in %s: %s, %s", (iso, at, zone, french, english) => {
  expect(relativeTime(iso, Date.parse(at), "fr", zone)).toBe(french);
  expect(relativeTime(iso, Date.parse(at), "en", zone)).toBe(english);
});

test("the full date is in the reader's time zone", () => {
  expect(absoluteTime("2026-11-20T22:30:00Z", "fr", TANA)).toBe("21 novembre 2026 à 01:30");
  expect(absoluteTime("2026-11-20T22:30:00Z", "fr", "America/New_York")).toBe("20 novembre 2026 à 17:30");
});

test.each([
  [0.2, "1\u00a0s"],
  [45, "45\u00a0s"],
  [125, "2\u00a0min 05\u00a0s"],
])("%d seconds are %s", (seconds, text) => {
  expect(waitTime(seconds)).toBe(text);
});
