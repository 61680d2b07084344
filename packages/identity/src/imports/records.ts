import type { z } from "zod";

/** One row of a file: its values by column or key. */
export type ImportRecord = Readonly<Record<string, unknown>>;

/** A problem of one row; `line` is the row's line in the file. Values are never repeated: some are secrets. */
export type ImportProblem = { line: number; field: string; problem: string };

export type ImportRow<T> = { line: number; value: T };

/** The outcome of an import. With problems nothing was written. */
export type ImportReport = { added: number; present: number; skipped: ImportProblem[]; problems: ImportProblem[] };

/** Parses every row, so that one report names all that is wrong. Empty text and null count as absent. */
export function parseRows<T extends z.ZodType>(
  schema: T,
  records: readonly { line: number; record: ImportRecord }[],
): { rows: ImportRow<z.output<T>>[]; problems: ImportProblem[] } {
  const rows: ImportRow<z.output<T>>[] = [];
  const problems: ImportProblem[] = [];
  for (const { line, record } of records) {
    const present = Object.fromEntries(
      Object.entries(record).filter(([, value]) => value !== "" && value !== null && value !== "NULL"),
    );
    const result = schema.safeParse(present);
    if (result.success) rows.push({ line, value: result.data });
    else {
      for (const issue of result.error.issues) {
        problems.push({ line, field: issue.path.join(".") || "row", problem: issue.message });
      }
    }
  }
  return { rows, problems };
}

/** Names every row whose `key` an earlier row has. */
export function duplicates<T>(
  rows: readonly ImportRow<T>[],
  field: string,
  key: (value: T) => unknown,
): ImportProblem[] {
  const first = new Map<unknown, number>();
  return rows.flatMap(({ line, value }) => {
    const known = first.get(key(value));
    if (known === undefined) first.set(key(value), line);
    return known === undefined ? [] : [{ line, field, problem: `is also on line ${known}` }];
  });
}
