import { buffer } from "node:stream/consumers";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readXlsx } from "../testing/read-xlsx";
import { withWallTimes } from "./table-answer";
import { columnLetters, writeXlsx, xlsxAnswer } from "./write-xlsx";
import { STYLES } from "./xlsx-parts";

const COLUMNS = [
  { key: "name", header: "nom" },
  { key: "due", header: "échéance", kind: "date" },
  { key: "at", header: "quand", kind: "date-time" },
] as const;
const OPTIONS = { sheet: "Dossiers & co", timeZone: "Indian/Antananarivo" };
type Row = { name: string | number | null; due: string | null; at: string | null };
const NO_DATES = { due: null, at: null };

const write = async (rows: readonly Row[], maxRows?: number) =>
  readXlsx(await buffer(writeXlsx(COLUMNS, rows, { ...OPTIONS, ...(maxRows === undefined ? {} : { maxRows }) })));

describe("writeXlsx", () => {
  it("writes a header, texts, numbers, empty cells, and dates that a spreadsheet calculates with", async () => {
    const [sheet] = await write([
      { name: "Hélène", due: "2026-11-30", at: "2026-11-30T09:00:00Z" },
      { name: 12, ...NO_DATES },
    ]);
    expect(sheet?.name).toBe("Dossiers & co");
    expect(sheet?.rows.map((row) => row.map(({ value }) => value))).toEqual([
      ["nom", "échéance", "quand"],
      // 46 356 days after the 30th of December 1899; noon in Madagascar.
      ["Hélène", "46356", "46356.5"],
      ["12", "", ""],
    ]);
    expect(sheet?.rows[1]?.map(({ isText }) => isText)).toEqual([true, false, false]);
  });

  it.each(["=HYPERLINK(1)", "+261 34", "-1", "@SUM(A1)", "\t=1", "＝1"])(
    "stores %j as text that stays text",
    async (name) => {
      const [sheet] = await write([{ name, ...NO_DATES }]);
      expect(sheet?.rows[1]?.[0]).toEqual({ value: name, isText: true, style: STYLES.guarded });
    },
  );

  it("writes every text that the database can hold, and reads it back", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.string({ unit: "binary" }), { minLength: 1, maxLength: 4 }), async (names) => {
        const [sheet] = await write(names.map((name) => ({ name, ...NO_DATES })));
        expect(sheet?.rows.slice(1).map((row) => row[0]?.value)).toEqual(names.map((name) => name.toWellFormed()));
      }),
      { numRuns: 200 },
    );
    const [sheet] = await write([{ name: "_x0041_ & _x", ...NO_DATES }]);
    expect(sheet?.rows[1]?.[0]?.value).toBe("_x0041_ & _x");
  });

  it("goes on in a second sheet, with its header, where one is full", async () => {
    const names = Array.from({ length: 5 }, (_, index) => ({ name: `n${index}`, ...NO_DATES }));
    const sheets = await write(names, 3);
    expect(sheets.map(({ name, rows }) => [name, rows.map((row) => row[0]?.value)])).toEqual([
      ["Dossiers & co", ["nom", "n0", "n1"]],
      ["Dossiers & co 2", ["nom", "n2", "n3"]],
      ["Dossiers & co 3", ["nom", "n4"]],
    ]);
  });

  it("reads rows only as fast as the file is taken, and breaks off when one cannot be read", async () => {
    let made = 0;
    async function* rows() {
      for (; made < 1_000_000; made += 1) yield { name: `${Math.random()}`.repeat(50), due: null, at: null };
    }
    const reader = xlsxAnswer("dossiers", COLUMNS, rows(), OPTIONS).body?.getReader();
    await reader?.read();
    expect(made).toBeLessThan(20_000);
    await reader?.cancel();
    async function* broken() {
      yield { name: "a", due: null, at: null };
      throw new Error("away");
    }
    await expect(buffer(writeXlsx(COLUMNS, broken(), OPTIONS))).rejects.toThrow("away");
  });
});

it("names columns as a spreadsheet does", () => {
  expect([0, 25, 26, 51, 52, 701, 702].map(columnLetters)).toEqual(["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]);
});

it("shows a time of CSV as a clock on the wall does", async () => {
  async function* rows() {
    yield { name: "a", due: "2026-11-30", at: "2026-11-30T22:30:59.123Z" };
  }
  const read = [];
  for await (const row of withWallTimes(COLUMNS, rows(), "Indian/Antananarivo")) read.push(row);
  expect(read).toEqual([{ name: "a", due: "2026-11-30", at: "2026-12-01 01:30" }]);
});
