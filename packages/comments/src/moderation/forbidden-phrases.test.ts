import { describe, expect, it } from "vitest";
import { foldPhrase, hasPhrase } from "./forbidden-phrases";

const has = (content: string, ...phrases: string[]) => hasPhrase(content, phrases.map(foldPhrase));

describe("a phrase that no comment may have", () => {
  it("is found whatever its capitals, accents and spaces", () => {
    for (const content of [
      "mot interdit",
      "Un MOT  INTERDIT, voilà",
      "le môt\ninterdît",
      "« mot-interdit »",
      "mot\u00a0interdit",
      "ｍｏｔ interdit",
    ])
      expect([content, has(content, "Mot interdit")]).toEqual([content, true]);
    expect(has("CŒUR", "coeur")).toBe(true);
    expect(has("STRASSE", "straße")).toBe(true);
    expect(has("pas aujourd’hui", "aujourd'hui")).toBe(true);
  });

  it("is found under characters that nobody sees, and under marks", () => {
    for (const content of [
      "z\u200but",
      "z\u200du\u2060t",
      "z\u00adut",
      "\ufeffzut",
      "z\u034fut",
      "z\u3164ut",
      "zu\u202et",
      "zu\u{e0061}t",
      "z**u**t",
      "> z*u*t",
      "- a\n- zu**t**",
      "[z**u**t](https://mgs.mg)",
    ])
      expect([JSON.stringify(content), has(content, "zut")]).toEqual([JSON.stringify(content), true]);
  });

  it("is not found in other words, in another order, or with a word between", () => {
    expect(has("zutique, azut", "zut")).toBe(false);
    expect(has("interdit, ce mot", "mot interdit")).toBe(false);
    expect(has("mot très interdit", "mot interdit")).toBe(false);
    expect(has("mots interdits", "mot interdit")).toBe(false);
    expect(has("au mot interdite", "mot interdit")).toBe(false);
    expect(has("la cour", "cœur")).toBe(false);
    expect(has("mot")).toBe(false);
  });
});

it("what has no word is no phrase", () => {
  for (const text of ["", " ", "***", "\u200b", "…"]) expect(foldPhrase(text)).toBe("");
});
