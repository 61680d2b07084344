import { toCell, widthOf } from "./terminal-text";

/** Rows as lines of aligned columns; colours take no room. */
export function alignColumns(rows: readonly (readonly string[])[]): string[] {
  const cells = rows.map((row) => row.map(toCell));
  const widths: number[] = [];
  for (const row of cells) {
    for (const [column, cell] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, widthOf(cell));
  }
  return cells.map((row) =>
    row
      .map((cell, column) => `${cell}${" ".repeat((widths[column] ?? 0) - widthOf(cell))}`)
      .join("  ")
      .trimEnd(),
  );
}
