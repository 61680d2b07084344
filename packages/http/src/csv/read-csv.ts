import { CsvError, parse } from "csv-parse/sync";
import { z } from "zod";
import { decodeText } from "./decode-text";
import { UnreadableFile, type UnreadableReason } from "./unreadable-file";

const csvRows = z.array(
  z.object({
    record: z.record(z.string(), z.string()),
    info: z.object({ lines: z.number(), error: z.unknown() }),
  }),
);

/** One row: its values by the names of the header line, and the line of the file that it starts on. */
export type CsvRecord = { line: number; record: Readonly<Record<string, string>> };

export type CsvTable = {
  columns: string[];
  records: CsvRecord[];
  /** What the bytes were taken for, where that is not plain UTF-8. */
  encoding: string | null;
  /** What separates the columns, in English. */
  delimiter: string;
  /** With `collectRagged`: lines with another number of columns than the header line. Their records are among the others, and no good. */
  ragged: number[];
};

export type ReadCsvOptions = {
  maxRows?: number;
  /** Goes on after a line with another number of columns, for a caller who names all bad lines at once. */
  collectRagged?: boolean;
};

/** Names of what may separate columns. */
const DELIMITERS: Readonly<Record<string, string>> = { ",": "comma", ";": "semicolon", "\t": "tab" };
/** Excel's own first line, which says what separates columns. */
const EXCEL_LINE = /^sep=([,;\t])\r?\n/i;

const COLUMNS = "has another number of columns than the header line";
const CLOSING_QUOTE = "has text after a closing quote";
const CSV_PROBLEMS: Readonly<Record<string, readonly [UnreadableReason, string]>> = {
  CSV_RECORD_INCONSISTENT_COLUMNS: ["COLUMNS", COLUMNS],
  CSV_RECORD_INCONSISTENT_FIELDS_LENGTH: ["COLUMNS", COLUMNS],
  CSV_QUOTE_NOT_CLOSED: ["QUOTE", "opens a quote that is never closed"],
  CSV_INVALID_CLOSING_QUOTE: ["QUOTE", CLOSING_QUOTE],
  CSV_NON_TRIMABLE_CHAR_AFTER_CLOSING_QUOTE: ["QUOTE", CLOSING_QUOTE],
  INVALID_OPENING_QUOTE: ["QUOTE", "has a quote in the middle of a value"],
};
/** What `writeCsv` puts before a value that a spreadsheet would take for a formula. */
const GUARDED_FORMULA = /^'(?=[=+\-@\t\r\uff1d\uff0b\uff0d\uff20])/;

/**
 * Reads a CSV file with a header line (RFC 4180): UTF-8, UTF-16 with its mark, or Windows-1252; separated by comma, semicolon or
 * tab. The guard against formulas, which `writeCsv` writes, is taken off.
 * @throws UnreadableFile with the line
 */
export function readCsv(
  bytes: Buffer,
  { maxRows = Number.POSITIVE_INFINITY, collectRagged = false }: ReadCsvOptions = {},
): CsvTable {
  const { text, assumed } = decodeText(bytes);
  const told = EXCEL_LINE.exec(text);
  // The line stays, empty, so that others keep their numbers.
  const body = told ? text.replace(EXCEL_LINE, "\n") : text;
  const delimiter = told?.[1] ?? delimiterOf(body);
  const name = DELIMITERS[delimiter] ?? delimiter;
  let columns: string[] = [];
  const header = (names: string[]): string[] => {
    columns = names;
    return names;
  };
  try {
    const rows: unknown = parse(body, {
      columns: header,
      delimiter,
      info: true,
      skip_empty_lines: true,
      trim: true,
      relax_column_count: collectRagged,
      escape: escapeOf(text),
      cast: (value) => value.replace(GUARDED_FORMULA, ""),
      ...(Number.isFinite(maxRows) ? { to: maxRows + 2 } : {}),
    });
    const parsed = csvRows.parse(rows);
    const records = parsed.map(({ record, info }) => ({ line: info.lines, record }));
    const ragged = parsed.filter(({ info }) => info.error !== undefined).map(({ info }) => info.lines);
    const twice = columns.find((column, index) => columns.indexOf(column) !== index);
    if (twice !== undefined) throw new UnreadableFile("DUPLICATE_COLUMN", 1, "names a column twice");
    if (records.length > maxRows) throw new UnreadableFile("TOO_MANY_ROWS", null, `has more than ${maxRows} rows`);
    return { columns, records, encoding: assumed ?? null, delimiter: name, ragged };
  } catch (error) {
    if (error instanceof UnreadableFile) throw error;
    if (!(error instanceof CsvError)) throw new UnreadableFile("NO_HEADER", null, "is no CSV file with a header line");
    const [reason, problem] = CSV_PROBLEMS[error.code] ?? (["QUOTE", "cannot be read as CSV"] as const);
    throw new UnreadableFile(reason, Number(error.lines) || null, `${problem} (separated by ${name})`);
  }
}

/** What separates the names of the header line, outside of quotes. @throws UnreadableFile where that cannot be told */
function delimiterOf(text: string): string {
  const header = (text.trimStart().split(/\r?\n/)[0] ?? "").replace(/"[^"]*"/g, "");
  const found = Object.keys(DELIMITERS).filter((delimiter) => header.includes(delimiter));
  if (found.length <= 1) return found[0] ?? ",";
  const names = found.map((delimiter) => DELIMITERS[delimiter]).join(" and ");
  throw new UnreadableFile("DELIMITERS", 1, `holds ${names}: separate columns by one of them alone`);
}

/** MySQL escapes quotes with a backslash, everybody else doubles them. */
function escapeOf(text: string): string {
  return text.includes('\\"') ? "\\" : '"';
}
