import { columns } from "./columns";
import type { CliContext } from "./context";
import { paintOf } from "./terminal-text";

/** Prints rows below their headings, or `nothing` when there is none. */
export function printTable(
  context: CliContext,
  headings: readonly string[],
  rows: readonly (readonly string[])[],
  nothing: string,
): void {
  if (rows.length === 0) {
    context.print(nothing);
    return;
  }
  const paint = paintOf(context);
  for (const line of columns([headings.map((heading) => paint.bold(heading)), ...rows])) context.print(line);
}

/** Prints what a command has to say: JSON for programs, else what `text` prints. */
export function printResult(context: CliContext, json: boolean, result: unknown, text: () => void): void {
  if (json) context.print(JSON.stringify(result, null, 2));
  else text();
}
