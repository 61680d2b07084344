import { type CsvRow, csvAnswer } from "../csv/write-csv";
import { type XlsxColumn, type XlsxOptions, xlsxAnswer } from "./write-xlsx";

/** Files that a list can be had as. */
export type TableFormat = "csv" | "xlsx";

/**
 * Answers with the rows of a list as a file, written while it is read. Times are those of a clock on the wall in `timeZone`, since no spreadsheet
 * reads another's.
 * @param name ASCII, without the ending
 */
export function tableAnswer<Key extends string>(
  format: TableFormat,
  name: string,
  columns: readonly XlsxColumn<Key>[],
  rows: AsyncIterable<CsvRow<Key>>,
  options: XlsxOptions,
): Response {
  if (format === "xlsx") return xlsxAnswer(name, columns, rows, options);
  return csvAnswer(name, columns, withWallTimes(columns, rows, options.timeZone));
}

/** Rows with `2026-11-30 12:00` where they have an ISO time. */
export async function* withWallTimes<Key extends string>(
  columns: readonly XlsxColumn<Key>[],
  rows: AsyncIterable<CsvRow<Key>>,
  timeZone: string,
): AsyncGenerator<CsvRow<Key>> {
  const times = columns.filter(({ kind }) => kind === "date-time").map(({ key }) => key);
  for await (const row of rows) {
    const wall = times.map((key) => {
      const value = row[key];
      return [key, typeof value === "string" && value !== "" ? wallTime(value, timeZone) : value];
    });
    yield { ...row, ...Object.fromEntries(wall) };
  }
}

function wallTime(iso: string, timeZone: string): string {
  const time = Temporal.Instant.from(iso).toZonedDateTimeISO(timeZone).toPlainDateTime();
  return time.toString({ smallestUnit: "minute" }).replace("T", " ");
}
