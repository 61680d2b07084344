import { hideSecrets } from "@mgs/core/redact";
import pc from "picocolors";

const clearLine = process.stdout.isTTY ? "\r\u001b[2K" : "";

/** One line to the person at the terminal; a spinner that is turning makes room for it. */
export function say(line: string): void {
  process.stdout.write(`${clearLine}${line}\n`);
}

/** Whoever reads our output may leave first, as `head` does: that is no reason to break off what is being done. */
export function outliveReaders(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);
}

/** A warning or an error of one of our processes. */
export function alertOf(name: string, line: string): void {
  say(`${pc.yellow(`[${name}]`)} ${line}`);
}

/** Ends with a message a person can act on; the stack is for bugs. */
export function fail(error: unknown): void {
  const message = hideSecrets(error instanceof Error ? error.message : String(error));
  process.stderr.write(`\n${pc.red(message)}\n`);
  if (process.env.MGS_DEBUG && error instanceof Error) process.stderr.write(`${hideSecrets(error.stack ?? "")}\n`);
  process.exitCode = 1;
}

/** Rows as aligned columns. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = rows.reduce<number[]>((all, row) => {
    row.forEach((cell, column) => {
      all[column] = Math.max(all[column] ?? 0, cell.length);
    });
    return all;
  }, []);
  return rows
    .map(
      (row) =>
        `  ${row
          .map((cell, column) => cell.padEnd(widths[column] ?? 0))
          .join("  ")
          .trimEnd()}`,
    )
    .join("\n");
}
