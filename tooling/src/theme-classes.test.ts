import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { ROOT } from "./paths";
import { sourceFiles } from "./testing/source-files";

const THEME = readFileSync(join(ROOT, "packages/ui/src/theme.css"), "utf8");
const COLOURS = new Set([...THEME.matchAll(/--color-([a-z-]+):/g)].map(([, name]) => name));
/** First words of our colours: `danger` of `danger-soft`. A class of Tailwind's own never begins so. */
const FAMILIES = [...new Set([...COLOURS].map((name) => name?.split("-")[0]))].join("|");
const COLOUR_CLASS = new RegExp(
  `(?<![\\w-])(?:bg|text|border|fill|stroke|divide|outline|decoration|ring|accent|caret)-((?:${FAMILIES})(?:-[a-z]+)*)(?![\\w-])`,
  "g",
);

it("every class of a colour names one that the theme has: Tailwind makes nothing of another, without a word", () => {
  const unknown = sourceFiles()
    .filter((path) => path.endsWith(".tsx"))
    .flatMap((path) =>
      [...readFileSync(join(ROOT, path), "utf8").matchAll(COLOUR_CLASS)]
        .filter(([, name = ""]) => !COLOURS.has(name))
        .map(([found]) => `${path}: ${found}`),
    );
  expect(COLOURS.size).toBeGreaterThan(15);
  expect(unknown).toEqual([]);
});
