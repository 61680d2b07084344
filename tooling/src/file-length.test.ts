import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { ROOT } from "./paths";
import { sourceFiles } from "./testing/source-files";

/** Whoever reads a file has all of it in mind: what is longer has a seam. Texts of a language are a list, not a thought. */
const MAX_LINES = 300;
const CATALOGUES = "packages/i18n/src/messages/";

it("no source file is longer than 300 lines, tests and tools included", () => {
  const lengthOf = (path: string) => readFileSync(join(ROOT, path), "utf8").trimEnd().split("\n").length;
  const tooLong = sourceFiles()
    .filter((path) => !path.startsWith(CATALOGUES))
    .map((path) => ({ path, lines: lengthOf(path) }))
    .filter(({ lines }) => lines > MAX_LINES);
  expect(tooLong).toEqual([]);
});
