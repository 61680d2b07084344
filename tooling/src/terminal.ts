import { hideSecrets } from "@mgs/core/redact";
import pc from "picocolors";

const clearLine = process.stdout.isTTY ? "\r\u001b[2K" : "";

/** Prints one line for the person at the terminal, above a running spinner. */
export function say(line: string): void {
  process.stdout.write(`${clearLine}${line}\n`);
}

/** Ignores errors of a closed output: its reader may end first, as `head` does, and the work goes on. */
export function ignoreClosedOutput(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);
}

/** Prints a warning or an error of a process. */
export function printAlert(name: string, line: string): void {
  say(`${pc.yellow(`[${name}]`)} ${line}`);
}

/** Prints an error's message and sets the exit code; only unexpected errors have their stack printed. */
export function fail(error: unknown): void {
  const message = hideSecrets(error instanceof Error ? error.message : String(error));
  process.stderr.write(`\n${pc.red(message)}\n`);
  if (process.env.MGS_DEBUG && error instanceof Error) process.stderr.write(`${hideSecrets(error.stack ?? "")}\n`);
  process.exitCode = 1;
}

/** Formats rows as aligned columns. */
export function formatTable(rows: readonly (readonly string[])[]): string {
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
