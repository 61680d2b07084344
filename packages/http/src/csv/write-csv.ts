import { Readable } from "node:stream";
import { stringify } from "csv-stringify";

/** A column: its key in a row, and the name that the header line gives it. */
export type CsvColumn<Key extends string = string> = { key: Key; header: string };

export type CsvOptions = { bom?: boolean };

export type CsvRow<Key extends string = string> = Readonly<Record<Key, string | number | null>>;

/**
 * Writes rows as CSV that a spreadsheet in French opens with a double click: UTF-8 with its mark, `;`, CRLF. A value that it
 * would take for a formula gets an apostrophe before it. Rows are read as the reader takes the text, so any number of them fits.
 * @param options.bom false leaves the mark out, for programs that take it for text
 */
export function writeCsv<Key extends string>(
  columns: readonly CsvColumn<Key>[],
  rows: AsyncIterable<CsvRow<Key>> | Iterable<CsvRow<Key>>,
  { bom = true }: CsvOptions = {},
): Readable {
  const csv = stringify({
    bom,
    delimiter: ";",
    record_delimiter: "windows",
    header: true,
    columns: columns.map(({ key, header }) => ({ key, header })),
    escape_formulas: true,
    // A French spreadsheet takes 12.5 for the 12th of May.
    cast: { number: (value) => String(value).replace(".", ",") },
  });
  const source = Readable.from(rows);
  source.on("error", (error) => csv.destroy(error));
  csv.on("close", () => source.destroy());
  return source.pipe(csv);
}

/** Answers with a CSV file that the browser saves, written while it is read. @param name ASCII, without the ending */
export function csvAnswer<Key extends string>(
  name: string,
  columns: readonly CsvColumn<Key>[],
  rows: AsyncIterable<CsvRow<Key>> | Iterable<CsvRow<Key>>,
  options: CsvOptions = {},
): Response {
  const body = Readable.toWeb(writeCsv(columns, rows, options)) as ReadableStream<Uint8Array>;
  return new Response(body, {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="${name}.csv"`,
      "cache-control": "no-store",
      ...STREAMED,
    },
  });
}

/** Marks an answer that is sent while it is made. nginx knows the header as well, and does not buffer either. */
export const STREAMED = { "x-accel-buffering": "no" } as const;
