import { AppError } from "@mgs/core/errors";
import { hideSecrets } from "@mgs/core/redact";
import { errorMessage, translateDetails } from "@mgs/i18n/translate";
import type { CommandContext, CommandGroup } from "@mgs/module/command";
import { CommanderError } from "commander";
import { createProgram } from "./create-program";
import { Failed } from "./failed";
import { toTerminalText } from "./terminal-text";
import { WrongInput } from "./wrong-input";

/**
 * Runs one command of these groups. Data that it prints cannot control a terminal. It never throws.
 * @returns the exit code: 0 done, 1 refused or failed, 2 wrong usage or input
 */
export async function runProgram<Context extends CommandContext>(
  args: readonly string[],
  groups: readonly CommandGroup<Context>[],
  outside: Context,
): Promise<0 | 1 | 2> {
  const context: Context = {
    ...outside,
    print: (line: string) => outside.print(toTerminalText(line)),
    complain: (line: string) => outside.complain(toTerminalText(line)),
  };
  try {
    await createProgram(groups, context).parseAsync(args, { from: "user" });
    return 0;
  } catch (error) {
    const json = args.includes("--json");
    if (error instanceof CommanderError) return reportWrongUsage(error, json, context);
    if (error instanceof Failed && error.message === "") return 1;
    reportError(error, json, context);
    return error instanceof WrongInput || (error instanceof AppError && error.code === "VALIDATION_ERROR") ? 2 : 1;
  }
}

/** Commander has told the person already. */
function reportWrongUsage(error: CommanderError, json: boolean, context: CommandContext): 0 | 2 {
  if (error.exitCode === 0) return 0;
  const message = error.message.replace(/^error: /, "");
  if (json) context.print(JSON.stringify({ success: false, error: { code: "WRONG_USAGE", message } }, null, 2));
  return 2;
}

function reportError(error: unknown, json: boolean, context: CommandContext): void {
  if (!(error instanceof AppError)) {
    const message = hideSecrets(error instanceof Error ? error.message : String(error));
    context.complain(message);
    const code = error instanceof WrongInput ? "WRONG_INPUT" : "INTERNAL_ERROR";
    if (json) context.print(JSON.stringify({ success: false, error: { code, message } }, null, 2));
    return;
  }
  const message = errorMessage(error.code, "en");
  const details = translateDetails(error.details ?? [], "en");
  context.complain(message);
  for (const detail of details) context.complain(`  ${detail.path}: ${detail.message}`);
  if (json) context.print(JSON.stringify({ success: false, error: { code: error.code, message, details } }, null, 2));
}
