import { existsSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";

const DOCUMENT = new URL("../../../docs/protocol.md", import.meta.url);
const ROW = /^\|.*\| `(?<file>[\w./-]+test\.ts)` (?<title>.+) \|$/;

it("every test that docs/protocol.md names exists", () => {
  const rows = readFileSync(DOCUMENT, "utf8")
    .split("\n")
    .filter((line) => /^\| (?!---)/.test(line) && !line.endsWith("| test |"));
  expect(rows.length).toBeGreaterThan(70);
  const wrong = rows.filter((row) => {
    const { file = "", title = "" } = ROW.exec(row)?.groups ?? {};
    const path = new URL(file, import.meta.url);
    if (file === "" || !existsSync(path)) return true;
    const source = readFileSync(path, "utf8");
    return !['"', "'", "`"].some((quote) => source.includes(`${quote}${title}${quote}`));
  });
  expect(wrong).toEqual([]);
});
