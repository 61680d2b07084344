import { expect, test } from "vitest";
import { linkedRecords } from "./linked-records";

const PORTALS = new Set(["https://gestion.mgs.mg", "https://commercial.mgs.mg"]);

test("links to portals are found wherever Markdown allows one, each once and only a few", () => {
  const content = [
    "Voir https://gestion.mgs.mg/dossiers/1 et **[le second](https://gestion.mgs.mg/dossiers/2)**",
    "> - https://gestion.mgs.mg/dossiers/1",
    "> - *https://commercial.mgs.mg/clients/7*",
    "- https://gestion.mgs.mg/dossiers/9",
  ].join("\n");
  expect(linkedRecords(content, PORTALS)).toEqual([
    "https://gestion.mgs.mg/dossiers/1",
    "https://gestion.mgs.mg/dossiers/2",
    "https://commercial.mgs.mg/clients/7",
  ]);
});

test("the server is asked of no other address, and of none in code", () => {
  for (const content of [
    "https://example.mg/dossiers/1",
    "https://gestion.mgs.mg.example.com/dossiers/1",
    "`https://gestion.mgs.mg/dossiers/1`",
    "[x](mailto:hery@gestion.mgs.mg)",
    "gestion.mgs.mg/dossiers/1",
  ])
    expect([content, linkedRecords(content, PORTALS)]).toEqual([content, []]);
});
