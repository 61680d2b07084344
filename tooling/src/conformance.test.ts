import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const read = (path: string): string => readFileSync(join(ROOT, path), "utf8");
const doc = read("docs/conformance.md");

/** Rows of the page: a module of the suite, and the file of its test. */
const rows = [...doc.matchAll(/^\| `(oidcc-[\w-]+)` \|.*\]\(\.\.\/(\S+)\) \|$/gm)].map(([, name = "", file = ""]) => ({
  name,
  file,
}));

/** Names of the tests of a file; `%s` in one stands for each of its cases. */
function testNames(file: string): string[] {
  const source = read(file);
  return [...source.matchAll(/(?:test|\])\)?\("(oidcc-[^"]+)"/g)].flatMap(([, name = ""]) => {
    if (!name.includes("%s")) return [name];
    const before = source.slice(0, source.indexOf(`"${name}"`));
    const cases = before.slice(before.lastIndexOf("test.each("));
    const values = [...cases.matchAll(/\[?"([\w-]+)"/g)].map(([, value = ""]) => value);
    return values.map((value) => name.replace("%s", value));
  });
}

test("each plan has its modules", () => {
  const count = (plan: string) => {
    const from = doc.indexOf(`## ${plan}\n`);
    return (doc.slice(from, doc.indexOf("\n## ", from + 1)).match(/^\| `oidcc-/gm) ?? []).length;
  };
  expect(["Basic OP", "Config OP", "RP-Initiated Logout OP", "Back-Channel Logout OP"].map(count)).toEqual([
    38, 1, 11, 2,
  ]);
});

describe("each module has its test", () => {
  test.each(rows)("$name", ({ name, file }) => {
    expect(testNames(file)).toContain(name);
  });
});

test("each test of a module is on the page, and each file that the page names exists", () => {
  for (const file of new Set(rows.map((row) => row.file)))
    for (const name of testNames(file)) expect(rows.map((row) => row.name)).toContain(name);
  for (const [, path = ""] of doc.matchAll(/\]\(\.\.\/([^)]+)\)/g))
    expect(existsSync(join(ROOT, path)), path).toBe(true);
});
