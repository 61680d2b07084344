import { addCommand } from "@mgs/command-kit/add-command";
import { Failed } from "@mgs/command-kit/failed";
import { parseSeconds } from "@mgs/command-kit/parse-seconds";
import { createProgressLine } from "@mgs/command-kit/progress-line";
import { paintOf, toCell } from "@mgs/command-kit/terminal-text";
import { EnvironmentError } from "@mgs/core/environment";
import type { Command } from "commander";
import type { CliContext } from "../context";
import type { State } from "../doctor/check";
import { CHECKS } from "../doctor/checks";
import { pickWorstState, type Result, runChecks } from "../doctor/run-checks";
import { readSystem } from "../doctor/system";

export function addDoctor(program: Command, context: CliContext): void {
  addCommand(program, "doctor", {
    summary: "examine the installation, and say what to do; exit code 1 when the product would not work",
    examples: [
      ["doctor", "every check, and what to do"],
      ["doctor --json", "for monitoring"],
    ],
  })
    .option("--timeout <seconds>", "how long each check may take", parseSeconds, 10)
    .action(async ({ timeout, json }: { timeout: number; json: boolean }) => {
      const line = createProgressLine(context);
      line.show("examining…");
      const results = await examine(context, timeout * 1_000).finally(line.clear);
      const state = pickWorstState(results);
      if (json) context.print(JSON.stringify({ state, checks: results }, null, 2));
      else printResults(context, results, state);
      if (state === "fail") throw new Failed();
    });
}

async function examine(context: CliContext, timeoutMs: number): Promise<Result[]> {
  try {
    const installation = await context.installation();
    return await runChecks(CHECKS, readSystem(installation, context.migrations), timeoutMs);
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    const advice = "Correct them in the environment or in .env: .env.example explains each.";
    return [{ name: "environment", title: "Environment", state: "fail", detail: error.problems.join("; "), advice }];
  }
}

function printResults(context: CliContext, results: readonly Result[], state: State): void {
  const colours = paintOf(context);
  const paint = { ok: colours.green, warn: colours.yellow, fail: colours.red };
  const width = Math.max(...results.map(({ title }) => title.length));
  for (const result of results) {
    context.print(
      `${paint[result.state](result.state.padEnd(4))}  ${result.title.padEnd(width)}  ${toCell(result.detail)}`,
    );
    if (result.advice !== undefined) context.print(`${" ".repeat(width + 8)}→ ${result.advice}`);
  }
  const bad = results.filter((result) => result.state === state).map(({ name }) => name);
  if (state === "ok") context.print(paint.ok("Everything is as it should be."));
  else if (state === "warn") context.print(paint.warn(`It works. Look at: ${bad.join(", ")}`));
  else context.print(paint.fail(`It does not work so: ${bad.join(", ")}`));
}
