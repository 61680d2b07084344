import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { ROOT } from "./paths";
import { isTest, sourceFiles } from "./testing/source-files";

const REDACTOR = "packages/core/src/redact.ts";

/** Matches texts that replace a secret. */
const PLACEHOLDER = /["'`=][[(<](?:hidden|redacted|masked|censored|filtered|secret)[\])>]|["'`]\*{3,}["'`]/i;

it("only core's redactor hides secrets", () => {
  const own = sourceFiles().filter((path) => /^(?:apps|packages|scripts|tooling)\//.test(path) && !isTest(path));
  expect(own.filter((path) => PLACEHOLDER.test(readFileSync(join(ROOT, path), "utf8")))).toEqual([REDACTOR]);
});
