import { dossierQuery } from "@mgs/dossiers/dossier-filter";
import { dossierBoardPath } from "@mgs/dossiers/links";
import { messagesFor } from "@mgs/i18n/catalogue";
import { createTranslator } from "@mgs/i18n/translator";
import { readListSearch, type SearchParams } from "@mgs/shell/table/list-query";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { DossierFilters } from "./dossier-filters";
import type { DossierTexts } from "./list-context";
import { ViewFilters } from "./view-filters";

const { dossiers, lists } = messagesFor("fr");
const day = new Intl.DateTimeFormat("fr", { dateStyle: "medium", timeZone: "UTC" });
const texts = {
  t: createTranslator("fr", { dossiers }, "dossiers"),
  lists: createTranslator("fr", { lists }, "lists"),
  day: (date: string) => day.format(new Date(date)),
} as DossierTexts;
const choices = {
  types: [
    { id: 4, name: "Permis" },
    { id: 5, name: "Litige" },
  ],
  assignees: [{ id: 57, name: "Hery" }],
  asked: [
    { kind: "person", id: 9, name: "Aina" },
    { kind: "role", slug: "direction", name: "Direction" },
  ],
} as const;

/** What a person reads and presses in the filters of an address. */
function read(html: string) {
  const plain = (text = "") =>
    text
      .replace(/<[^>]*>/g, "")
      .replace(/\s/g, " ")
      .replaceAll("&amp;", "&");
  const links = [...html.matchAll(/<a [^>]*href="([^"]*)"[^>]*>(.*?)<\/a>/g)].map(([, href, text]) => [
    plain(text).replace(/, retirer ce filtre$/, ""),
    decodeURIComponent(plain(href)),
  ]);
  return {
    ...{ links: Object.fromEntries(links) as Record<string, string>, html: plain(html) },
    summary: plain(/<summary.*?<\/summary>/.exec(html)?.[0]),
    isOpen: /<details[^>]* open/.test(html),
    chosen: [...html.matchAll(/<option value="([^"]+)" selected=""/g)].map(([, value]) => value),
  };
}

const listOf = (params: SearchParams) =>
  read(
    renderToStaticMarkup(
      <DossierFilters texts={texts} search={readListSearch(dossierQuery, params)} choices={choices} />,
    ),
  );

describe("the filters of an address", () => {
  it("are links in words, each the way to the list without it, above a form that is shut", () => {
    const { links, summary, isOpen } = listOf({
      ...{ search: "lot", type: "4,5", assignee: "57", open: "1", due_before: "2026-12-03", asked: "role:direction" },
      ...{ sort: "due" },
    });
    const all = "asked=role:direction&assignee=57&due_before=2026-12-03&open=1&search=lot&sort=due&type=4,5";
    const without = (pair: string) =>
      `/dossiers?${all
        .split("&")
        .filter((one) => one !== pair)
        .join("&")}`;
    expect(links).toEqual({
      "Recherche : lot": without("search=lot"),
      "En cours de traitement": without("open=1"),
      "Type : Permis, Litige": without("type=4,5"),
      "Responsable : Hery": without("assignee=57"),
      "Avis attendu de : Direction": without("asked=role:direction"),
      "Échéance avant le 3 déc. 2026": without("due_before=2026-12-03"),
      "Tout effacer": "/dossiers?sort=due",
    });
    expect([summary, isOpen]).toEqual(["Filtres (5)", false]);
  });

  it("are none where nothing is narrowed", () => {
    const { links, summary, isOpen } = listOf({ open: "false", sort: "due" });
    expect([links, summary, isOpen]).toEqual([{}, "Filtres", false]);
  });

  it("stand in the controls of the form, also what is no choice of it", () => {
    expect(listOf({ state: "nouveau,en_cours", overdue: "yes", assignee: "nobody" }).chosen).toEqual([
      ...["nouveau,en_cours", "nobody", "true"],
    ]);
    expect(listOf({ state: "nouveau,en_cours" }).links).toHaveProperty("État : Nouveau, En cours");
  });

  it("that mean nothing open the form, and each can be taken away", () => {
    const { links, isOpen, html } = listOf({ state: "ouvert", sort: "bidon", due_from: "2026-02-30", tag: "zone" });
    expect(isOpen).toBe(true);
    expect(html).toContain("« ouvert » n’est pas une valeur de ce filtre.");
    expect(links).toEqual({
      "État : ouvert": "/dossiers?due_from=2026-02-30&sort=bidon&tag=zone",
      "Étiquette : zone": "/dossiers?due_from=2026-02-30&sort=bidon&state=ouvert",
      "Échéance à partir du : 2026-02-30": "/dossiers?sort=bidon&state=ouvert&tag=zone",
      "« bidon » n’est pas une valeur de ce filtre.": "/dossiers?due_from=2026-02-30&state=ouvert&tag=zone",
      "Tout effacer": "/dossiers",
    });
  });

  it("that board and calendar do not offer are written there too, and stay in their form", () => {
    const search = readListSearch(dossierQuery, { tag: "zone", type: "4" });
    const html = renderToStaticMarkup(
      <ViewFilters texts={texts} search={search} choices={choices} path={dossierBoardPath()} />,
    );
    expect(read(html).links).toEqual({
      "Type : Permis": "/dossiers/tableau?tag=zone",
      "Étiquette : zone": "/dossiers/tableau?type=4",
      "Tout effacer": "/dossiers/tableau",
    });
    expect([...html.matchAll(/ name="(\w+)"/g)].map(([, name]) => name)).toEqual([
      ...["search", "type", "priority", "assignee", "tag"],
    ]);
  });
});
