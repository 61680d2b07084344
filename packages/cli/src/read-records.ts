import { readFile } from "node:fs/promises";
import type { ImportRecord } from "@mgs/identity/imports/records";
import { parse } from "csv-parse/sync";
import { z } from "zod";

const object = z.record(z.string(), z.unknown());
const csvRows = z.array(z.object({ record: object, info: z.object({ lines: z.number() }) }));

/**
 * Rows of a CSV file with a header line (RFC 4180), or of JSON Lines, each with the line it starts on.
 * @throws Error naming the file and line that cannot be read, never what stands there
 */
export async function readRecords(file: string): Promise<{ line: number; record: ImportRecord }[]> {
  const text = (await readFile(file, "utf8")).replace(/^\uFEFF/, "");
  if (/\.(jsonl|ndjson)$/i.test(file)) return readJsonLines(file, text);
  if (/\.csv$/i.test(file)) return readCsv(file, text);
  throw new Error(`${file}: the name has to end with .csv or .jsonl`);
}

function readCsv(file: string, text: string): { line: number; record: ImportRecord }[] {
  try {
    const rows: unknown = parse(text, {
      columns: true,
      info: true,
      skip_empty_lines: true,
      trim: true,
      escape: escapeOf(text),
    });
    return csvRows.parse(rows).map(({ record, info }) => ({ line: info.lines, record }));
  } catch (error) {
    const line = error instanceof Error && "lines" in error ? ` near line ${String(error.lines)}` : "";
    throw new Error(`${file}: is no CSV file with a header line${line}`);
  }
}

/** MySQL escapes quotes with a backslash, everybody else doubles them. */
function escapeOf(text: string): string {
  return text.includes('\\"') ? "\\" : '"';
}

function readJsonLines(file: string, text: string): { line: number; record: ImportRecord }[] {
  return text.split("\n").flatMap((row, index) => {
    if (row.trim() === "") return [];
    const record = object.safeParse(jsonOf(row));
    if (!record.success) throw new Error(`${file}: line ${index + 1} is no JSON object`);
    return [{ line: index + 1, record: record.data }];
  });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
