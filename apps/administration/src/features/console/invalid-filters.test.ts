import { expect, it } from "vitest";
import { readApplicationsSearch, readInvalidApplicationsSearch } from "./applications/applications-search";
import { filterError, findInvalidFilters, type SearchParams } from "./invalid-filters";
import { journalHref, readInvalid, readSearch } from "./journal/journal-search";
import * as sent from "./sent/sent-search";
import { consoleTexts } from "./texts";

const ZONE = "Indian/Antananarivo";
const texts = consoleTexts("fr", ZONE);

/** What the page of the journal says at each field. */
function journalErrors(params: SearchParams) {
  const invalid = readInvalid(params, readSearch(params, ZONE));
  return Object.fromEntries(
    Object.entries(invalid).map(([name, found]) => [name, filterError(texts, found)?.replaceAll("\u00a0", " ")]),
  );
}

it("says of every filter of the journal that means nothing what is wrong with it", () => {
  expect(journalErrors({ ip: "pas une ip", group: "bidon", from: "abc", to: "2026-13-45T99:99" })).toEqual({
    ip: "« pas une ip » n’est pas une adresse IP entière, comme 203.0.113.9.",
    group: "« bidon » n’est pas un choix de cette liste.",
    from: "« abc » n’est pas une date avec son heure.",
    to: "« 2026-13-45T99:99 » n’est pas une date avec son heure.",
  });
  expect(journalErrors({ person: "x".repeat(101), ip: "\u0000", group: ["user", "role"] })).toEqual({
    person: "Ce texte est trop long ou contient des caractères interdits.",
    ip: "« \ufffd » n’est pas une adresse IP entière, comme 203.0.113.9.",
    group: "« user, role » n’est pas un choix de cette liste.",
  });
});

it("finds nothing wrong with filters that are valid, empty or absent", () => {
  expect(journalErrors({})).toEqual({});
  expect(journalErrors({ person: "", group: "", ip: " ", from: "", to: "" })).toEqual({});
  const valid = { person: "3", group: "user", ip: "2001:db8::1", from: "2026-11-30T08:00", before: "no filter" };
  expect(journalErrors(valid)).toEqual({});
});

it("reads the times of an export, with which the proof of identity leads back", () => {
  const params = { person: "3", from: "2026-11-30T05:00:00.000Z" };
  const search = readSearch(params, ZONE);
  expect(search).toEqual({ person: "3", from: "2026-11-30T08:00" });
  expect(journalHref(search)).toBe("/console/journal?person=3&from=2026-11-30T08%3A00");
  expect(readInvalid(params, search)).toEqual({});
  expect(journalErrors({ from: "2026-02-30T25:00:00.000Z" })).toHaveProperty("from");
});

it("is the same in the lists of notifications and of applications", () => {
  const notifications = { state: "bidon", from: "abc", source: "mgs" };
  expect(Object.keys(sent.readInvalid(notifications, sent.readSearch(notifications, ZONE)))).toEqual(["state", "from"]);
  const applications = { kind: "bidon", state: "active", page: "-1" };
  const search = readApplicationsSearch(applications);
  expect(readInvalidApplicationsSearch(applications, search)).toEqual({ kind: { kind: "choice", value: "bidon" } });
});

it("quotes no more than the beginning of a long value", () => {
  const { a } = findInvalidFilters({ a: "x".repeat(5_000) }, {}, { a: "choice" });
  expect(a?.value).toHaveLength(61);
});
