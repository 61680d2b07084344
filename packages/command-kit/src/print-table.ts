import type { CommandContext } from "@mgs/module/command";
import { alignColumns } from "./align-columns";
import { paintOf } from "./terminal-text";

/** Prints rows below their headings, or `nothing` when there is none. */
export function printTable(
  context: CommandContext,
  headings: readonly string[],
  rows: readonly (readonly string[])[],
  nothing: string,
): void {
  if (rows.length === 0) {
    context.print(nothing);
    return;
  }
  const paint = paintOf(context);
  for (const line of alignColumns([headings.map((heading) => paint.bold(heading)), ...rows])) context.print(line);
}

/** Prints what a command has to say: JSON for programs, else what `text` prints. */
export function printResult(context: CommandContext, json: boolean, result: unknown, text: () => void): void {
  if (json) context.print(JSON.stringify(result, null, 2));
  else text();
}
