import { expect, it } from "vitest";
import { highlight } from "./highlight";

const hits = (text: string, search: string) =>
  highlight(text, search).flatMap(({ text: part, isHit }) => (isHit ? [part] : []));

it("marks the words that were searched for, whatever their accents and endings, and none of a filter's", () => {
  expect(hits("L’Élargissement du port", "elarg port")).toEqual(["Élargissement", "port"]);
  expect(hits("Les budgets sont votés", "budget voter")).toEqual(["budgets", "votés"]);
  expect(hits("Hery a vu le plan", 'plan de:Hery dans:"Le vu" avant:30/11/2026')).toEqual(["plan"]);
  expect(hits("un œuf", "oeuf")).toEqual(["œuf"]);
  expect(hits("rien de tel", "port")).toEqual([]);
  expect(hits("partir", "port")).toEqual([]);
});

it("keeps a text whole, and begins a long one a little before its first hit", () => {
  const whole = "Le plan, le port et la digue.";
  expect(
    highlight(whole, "port")
      .map(({ text }) => text)
      .join(""),
  ).toBe(whole);
  const long = `${"avant ".repeat(100)}le port`;
  const shown = highlight(long, "port")
    .map(({ text }) => text)
    .join("");
  expect(shown.startsWith("…")).toBe(true);
  expect(shown.endsWith("le port")).toBe(true);
  expect(shown.length).toBeLessThan(90);
});
