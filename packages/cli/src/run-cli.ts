import { AppError } from "@mgs/core/errors";
import { hideSecrets } from "@mgs/core/redact";
import { errorMessage, translateDetails } from "@mgs/i18n/translate";
import { CommanderError } from "commander";
import type { CliContext } from "./context";
import { Failed } from "./failed";
import { buildProgram } from "./program";
import { toTerminalText } from "./terminal-text";
import { WrongInput } from "./wrong-input";

/** Exit codes: 0 done, 1 refused or failed, 2 wrong usage or input. Never throws. No data reaches a terminal as a command. */
export async function runCli(args: readonly string[], outside: CliContext): Promise<0 | 1 | 2> {
  const context: CliContext = {
    ...outside,
    print: (line) => outside.print(toTerminalText(line)),
    complain: (line) => outside.complain(toTerminalText(line)),
  };
  try {
    await buildProgram(context).parseAsync(args, { from: "user" });
    return 0;
  } catch (error) {
    const json = args.includes("--json");
    if (error instanceof CommanderError) return wrongUsage(error, json, context);
    if (error instanceof Failed && error.message === "") return 1;
    report(error, json, context);
    return error instanceof WrongInput || (error instanceof AppError && error.code === "VALIDATION_ERROR") ? 2 : 1;
  }
}

/** Commander has told the person already. */
function wrongUsage(error: CommanderError, json: boolean, context: CliContext): 0 | 2 {
  if (error.exitCode === 0) return 0;
  const message = error.message.replace(/^error: /, "");
  if (json) context.print(JSON.stringify({ success: false, error: { code: "WRONG_USAGE", message } }, null, 2));
  return 2;
}

function report(error: unknown, json: boolean, context: CliContext): void {
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
