import { buffer, text } from "node:stream/consumers";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readCsv } from "./read-csv";
import { UnreadableFile } from "./unreadable-file";
import { csvAnswer, writeCsv } from "./write-csv";

const COLUMNS = [
  { key: "name", header: "nom" },
  { key: "note", header: "note" },
] as const;

describe("writeCsv", () => {
  it("writes what a spreadsheet in French opens, and no formula", async () => {
    const rows = [
      { name: "Hélène; R.", note: "=HYPERLINK(1)" },
      { name: '"Bema"', note: null },
      { name: "+261 34", note: 12 },
      { name: "ares", note: 12.5 },
    ];
    const written = await buffer(writeCsv(COLUMNS, rows));
    expect(written.toString()).toBe(
      `\ufeffnom;note\r\n"Hélène; R.";'=HYPERLINK(1)\r\n"""Bema""";\r\n'+261 34;12\r\nares;12,5\r\n`,
    );
  });

  it("reads rows only as fast as the text is taken", async () => {
    let made = 0;
    async function* rows() {
      for (; made < 1_000_000; made += 1) yield { name: "x".repeat(1_000), note: "" };
    }
    const reader = csvAnswer("people", COLUMNS, rows()).body?.getReader();
    await reader?.read();
    expect(made).toBeLessThan(10_000);
    await reader?.cancel();
  });

  it("breaks off when a row cannot be read", async () => {
    async function* rows() {
      yield { name: "a", note: "" };
      throw new Error("away");
    }
    await expect(text(writeCsv(COLUMNS, rows()))).rejects.toThrow("away");
  });
});

describe("readCsv", () => {
  it("reads what writeCsv writes, whatever the values are", async () => {
    const value = fc.string({ unit: "grapheme" }).map((one) => one.replace(/\ufffd/g, "").trim());
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ name: value, note: value }), { minLength: 1, maxLength: 5 }),
        async (rows) => {
          // Backslash before a quote is MySQL's way of escaping, which a file is recognized by.
          fc.pre(rows.every(({ name, note }) => !`${name}${note}`.includes('\\"') && !`${name}${note}`.includes("\0")));
          fc.pre(rows.every(({ name, note }) => name !== "" && !/^'/.test(name) && !/^'/.test(note)));
          const written = await text(writeCsv(COLUMNS, rows));
          const { records, delimiter } = readCsv(Buffer.from(written));
          expect(delimiter).toBe("semicolon");
          expect(records.map(({ record }) => record)).toEqual(rows.map(({ name, note }) => ({ nom: name, note })));
        },
      ),
      { numRuns: 200 },
    );
  });

  it.each([
    ["nom,email\nA,a@b.c", "comma", null],
    ["nom;email\nA;a@b.c", "semicolon", null],
    ["\ufeffnom\temail\nA\ta@b.c", "tab", null],
  ])("finds what separates the columns of %j", (body, delimiter, encoding) => {
    expect(readCsv(Buffer.from(body))).toEqual({
      columns: ["nom", "email"],
      records: [{ line: 2, record: { nom: "A", email: "a@b.c" } }],
      delimiter,
      encoding,
      ragged: [],
    });
  });

  it("names all lines with another number of columns where that is asked for", () => {
    const { records, ragged } = readCsv(Buffer.from("a;b\n1;2\n3\n4;5;6\n7;8\n"), { collectRagged: true });
    expect(ragged).toEqual([3, 4]);
    expect(records.map(({ line }) => line)).toEqual([2, 3, 4, 5]);
  });

  it("reads Windows-1252 as Excel writes it, and says so", () => {
    const bytes = Buffer.from("nom;email\r\nH\xe9l\xe8ne \x8cuvrard;h@mgs.mg\r\n", "latin1");
    expect(readCsv(bytes)).toMatchObject({
      encoding: "Windows-1252",
      records: [{ record: { nom: "Hélène Œuvrard" } }],
    });
  });

  it.each([
    ["a;b\n1;2;3\n", "COLUMNS", 2],
    ['a;b\n"1;2\n', "QUOTE", 2],
    ["a;b,c\n", "DELIMITERS", 1],
    ["a;a\n1;2\n", "DUPLICATE_COLUMN", 1],
    ["a;b\n1;2\n3;4\n5;6\n", "TOO_MANY_ROWS", null],
    ["a;b\nH\ufffdl;1\n", "CHARACTER_LOST", 2],
  ])("refuses %j with the reason and the line", (body, reason, line) => {
    const read = () => readCsv(Buffer.from(body), { maxRows: 2 });
    expect(read).toThrow(UnreadableFile);
    expect(read).toThrow(expect.objectContaining({ reason, line }));
  });
});
