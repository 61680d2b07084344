import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { ROOT } from "./paths";
import { sourceFiles } from "./testing/source-files";

/** A longer file is hard to read as a whole, so it has to be split. Texts of a language are a list and may be longer. */
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
