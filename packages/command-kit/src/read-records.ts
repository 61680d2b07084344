import { readFile } from "node:fs/promises";
import { CsvError, parse } from "csv-parse/sync";
import { z } from "zod";
import { decodeText } from "./decode-text";
import { WrongInput } from "./wrong-input";

const object = z.record(z.string(), z.unknown());
const csvRows = z.array(z.object({ record: object, info: z.object({ lines: z.number() }) }));

export type FileRecord = { line: number; record: Readonly<Record<string, unknown>> };

/** Names of what may separate columns. */
const DELIMITERS: Readonly<Record<string, string>> = { ",": "comma", ";": "semicolon", "\t": "tab" };
/** Excel's own first line, which says what separates columns. */
const EXCEL_LINE = /^sep=([,;\t])\r?\n/i;

const CSV_PROBLEMS: Readonly<Record<string, string>> = {
  CSV_RECORD_INCONSISTENT_COLUMNS: "has another number of columns than the header line",
  CSV_RECORD_INCONSISTENT_FIELDS_LENGTH: "has another number of columns than the header line",
  CSV_QUOTE_NOT_CLOSED: "opens a quote that is never closed",
  CSV_INVALID_CLOSING_QUOTE: "has text after a closing quote",
  CSV_NON_TRIMABLE_CHAR_AFTER_CLOSING_QUOTE: "has text after a closing quote",
  INVALID_OPENING_QUOTE: "has a quote in the middle of a value",
};

/**
 * Rows of a CSV file with a header line (RFC 4180; separated by comma, semicolon or tab), or of JSON Lines, each with the
 * line it starts on.
 * @param note hears what was assumed of the file: its encoding, what separates its columns
 * @throws WrongInput naming the file, the line and what is wrong with it, never what stands there
 */
export async function readRecords(file: string, note: (assumed: string) => void): Promise<FileRecord[]> {
  const isJson = /\.(jsonl|ndjson)$/i.test(file);
  if (!isJson && !/\.csv$/i.test(file)) throw new WrongInput(`${file}: the name has to end with .csv or .jsonl`);
  const { text, assumed } = decodeText(await readBytes(file), file);
  if (assumed) note(`${file}: read as ${assumed}`);
  return isJson ? readJsonLines(file, text) : readCsv(file, text, note);
}

async function readBytes(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unknown";
    throw new WrongInput(`${file}: cannot be read (${code})`);
  }
}

function readCsv(file: string, text: string, note: (assumed: string) => void): FileRecord[] {
  const told = EXCEL_LINE.exec(text);
  // The line stays, empty, so that others keep their numbers.
  const body = told ? text.replace(EXCEL_LINE, "\n") : text;
  const delimiter = told?.[1] ?? delimiterOf(file, body);
  if (delimiter !== ",") note(`${file}: columns are separated by ${DELIMITERS[delimiter]}`);
  try {
    const rows: unknown = parse(body, {
      columns: true,
      delimiter,
      info: true,
      skip_empty_lines: true,
      trim: true,
      escape: escapeOf(text),
    });
    return csvRows.parse(rows).map(({ record, info }) => ({ line: info.lines, record }));
  } catch (error) {
    if (!(error instanceof CsvError)) throw new WrongInput(`${file}: is no CSV file with a header line`);
    const problem = CSV_PROBLEMS[error.code] ?? "cannot be read as CSV";
    throw new WrongInput(`${file}: line ${String(error.lines)} ${problem} (separated by ${DELIMITERS[delimiter]})`);
  }
}

/** What separates the names of the header line, outside of quotes. @throws WrongInput where that cannot be told */
function delimiterOf(file: string, text: string): string {
  const header = (text.trimStart().split(/\r?\n/)[0] ?? "").replace(/"[^"]*"/g, "");
  const found = Object.keys(DELIMITERS).filter((delimiter) => header.includes(delimiter));
  if (found.length <= 1) return found[0] ?? ",";
  const names = found.map((delimiter) => DELIMITERS[delimiter]).join(" and ");
  throw new WrongInput(`${file}: line 1 holds ${names}: separate columns by one of them alone`);
}

/** MySQL escapes quotes with a backslash, everybody else doubles them. */
function escapeOf(text: string): string {
  return text.includes('\\"') ? "\\" : '"';
}

function readJsonLines(file: string, text: string): FileRecord[] {
  return text.split("\n").flatMap((row, index) => {
    if (row.trim() === "") return [];
    const record = object.safeParse(jsonOf(row));
    if (!record.success) throw new WrongInput(`${file}: line ${index + 1} is no JSON object`);
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
