import type { CommandContext } from "@mgs/module/command";
import { Failed } from "./failed";

type Remark = { line: number; field: string; problem: string };

/** The outcome of an import. With problems nothing was written. */
type ImportReport = {
  added: number;
  present: number;
  skipped: readonly Remark[];
  problems: readonly Remark[];
};

/** Prints the outcome of an import, with the rows that were skipped. @throws Failed when the report names problems */
export function printImport(
  context: CommandContext,
  report: ImportReport,
  { what, dryRun, json }: { what: string; dryRun: boolean; json: boolean },
): void {
  if (json) context.print(JSON.stringify({ ...report, dry_run: dryRun }, null, 2));
  else {
    for (const { line, field, problem } of report.skipped) context.print(`skipped line ${line}: ${field} ${problem}`);
    if (report.problems.length === 0) {
      context.print(`${report.added} ${what} ${dryRun ? "would be added" : "added"}, ${report.present} were there`);
    }
  }
  if (report.problems.length === 0) return;
  for (const { line, field, problem } of report.problems) context.complain(`line ${line}: ${field} ${problem}`);
  context.complain(`nothing was written: ${report.problems.length} problems`);
  throw new Failed();
}
