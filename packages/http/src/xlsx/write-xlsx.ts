import { Readable } from "node:stream";
import { Zip, ZipDeflate } from "fflate";
import { type CsvColumn, type CsvRow, STREAMED } from "../csv/write-csv";
import { CLOSE_SHEET, escapeXml, openSheet, STYLES, sheetPath, workbookParts } from "./xlsx-parts";

/** A column of a workbook: how a text of it is to be read. Default: as the text that it is. */
export type XlsxColumn<Key extends string = string> = CsvColumn<Key> & {
  /** `date`: `2026-11-30`; `date-time`: an ISO time, which is shown in `timeZone`. */
  kind?: "text" | "date" | "date-time";
  /** In characters. */
  width?: number;
};

export type XlsxOptions = {
  /** The sheet's name. */
  sheet: string;
  /** Of the times, since a spreadsheet knows none. */
  timeZone: string;
};

/** What Excel takes: more rows go on in the next sheet, and a longer text is cut. */
const MAX_ROWS = 1_048_576;
const MAX_CELL_CHARACTERS = 32_767;
const ROWS_A_CHUNK = 500;
const DEFAULT_WIDTH = 18;
const COMPRESSION = 3;
/** Values that a spreadsheet would take for a formula, were they typed: as `writeCsv` has them. */
const FORMULA = /^[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/;
/** Day 0 of a spreadsheet's calendar. */
const EPOCH_MS = Date.UTC(1899, 11, 30);
const DAY_MS = 86_400_000;

/**
 * Writes rows as a workbook (XLSX) with a header line that stays in sight, real dates, and no formula: every text is stored as text, and one
 * that begins like a formula is marked as text, so that it stays one when it is edited. Rows are read as the reader takes the file, so any number of them fits.
 * @param options.maxRows rows of a sheet with its header, for tests
 */
export function writeXlsx<Key extends string>(
  columns: readonly XlsxColumn<Key>[],
  rows: AsyncIterable<CsvRow<Key>> | Iterable<CsvRow<Key>>,
  { maxRows = MAX_ROWS, ...options }: XlsxOptions & { maxRows?: number },
): Readable {
  return Readable.from(zipSheets(columns, rows, options, maxRows), { objectMode: false });
}

/** Answers with a workbook that the browser saves, written while it is read. @param name ASCII, without the ending */
export function xlsxAnswer<Key extends string>(
  name: string,
  columns: readonly XlsxColumn<Key>[],
  rows: AsyncIterable<CsvRow<Key>> | Iterable<CsvRow<Key>>,
  options: XlsxOptions,
): Response {
  return new Response(Readable.toWeb(writeXlsx(columns, rows, options)) as ReadableStream<Uint8Array>, {
    headers: {
      "content-type": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
      "content-disposition": `attachment; filename="${name}.xlsx"`,
      "cache-control": "no-store",
      ...STREAMED,
    },
  });
}

async function* zipSheets<Key extends string>(
  columns: readonly XlsxColumn<Key>[],
  rows: AsyncIterable<CsvRow<Key>> | Iterable<CsvRow<Key>>,
  { sheet, timeZone }: XlsxOptions,
  maxRows: number,
): AsyncGenerator<Uint8Array> {
  let made: Uint8Array[] = [];
  let failure: Error | null = null;
  const zip = new Zip((error, chunk) => {
    failure = error ?? failure;
    made.push(chunk);
  });
  const take = (): Uint8Array => {
    if (failure) throw failure;
    const bytes = Buffer.concat(made);
    made = [];
    return bytes;
  };
  const toRow = rowWriter(columns, timeZone);
  const header = columns.map((column, index) => textCell(`${columnLetters(index)}1`, column.header, STYLES.header));
  const names: string[] = [];
  let used = 0;
  let text = "";
  const open = () => {
    names.push(names.length === 0 ? sheet : `${sheet} ${names.length + 1}`);
    const part = new ZipDeflate(sheetPath(names.length), { level: COMPRESSION });
    zip.add(part);
    used = 1;
    text = `${openSheet(columns.map(({ width = DEFAULT_WIDTH }) => width))}<row r="1">${header.join("")}</row>`;
    return part;
  };
  let current = open();
  let waiting = 0;
  for await (const row of rows) {
    if (used === maxRows) {
      current.push(Buffer.from(text + CLOSE_SHEET), true);
      current = open();
    }
    used += 1;
    text += toRow(row, used);
    waiting += 1;
    if (waiting < ROWS_A_CHUNK) continue;
    current.push(Buffer.from(text));
    text = "";
    waiting = 0;
    const bytes = take();
    if (bytes.length > 0) yield bytes;
  }
  current.push(Buffer.from(text + CLOSE_SHEET), true);
  for (const { path, text: content } of workbookParts(names)) {
    const file = new ZipDeflate(path, { level: COMPRESSION });
    zip.add(file);
    file.push(Buffer.from(content), true);
  }
  zip.end();
  yield take();
}

function textCell(place: string, value: string, style: number): string {
  const text = value.length > MAX_CELL_CHARACTERS ? value.slice(0, MAX_CELL_CHARACTERS) : value;
  return `<c r="${place}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${escapeXml(text)}</t></is></c>`;
}

const numberCell = (place: string, value: number, style: number): string =>
  `<c r="${place}" s="${style}"><v>${value}</v></c>`;

/** The name of a column, from 0: A to Z, then AA. */
export function columnLetters(index: number): string {
  const last = String.fromCharCode(65 + (index % 26));
  return index < 26 ? last : columnLetters(Math.floor(index / 26) - 1) + last;
}

/** Some programs find a cell by its place alone, so each has it written. */
function rowWriter<Key extends string>(columns: readonly XlsxColumn<Key>[], timeZone: string) {
  const letters = columns.map((_, index) => columnLetters(index));
  return (row: CsvRow<Key>, number: number): string => {
    const cells = columns.map(({ key, kind }, index) => {
      const value = row[key];
      const place = `${letters[index]}${number}`;
      if (value === null || value === "") return "";
      if (typeof value === "number") return numberCell(place, value, STYLES.plain);
      if (kind === "date") return numberCell(place, dayNumber(Date.parse(value)), STYLES.date);
      if (kind === "date-time") return numberCell(place, dayNumber(wallTime(value, timeZone)), STYLES.dateTime);
      return textCell(place, value, FORMULA.test(value) ? STYLES.guarded : STYLES.plain);
    });
    return `<row r="${number}">${cells.join("")}</row>`;
  };
}

const dayNumber = (ms: number): number => (ms - EPOCH_MS) / DAY_MS;

/** What a clock on the wall shows at a time, as if it were in Greenwich. */
function wallTime(iso: string, timeZone: string): number {
  const time = Temporal.Instant.from(iso).toZonedDateTimeISO(timeZone);
  return time.epochMilliseconds + time.offsetNanoseconds / 1_000_000;
}
