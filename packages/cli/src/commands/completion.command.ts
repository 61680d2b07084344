import { addCommand } from "@mgs/command-kit/add-command";
import { printResult } from "@mgs/command-kit/print-table";
import { Argument, type Command } from "commander";
import { COMPLETIONS, type Shell } from "../completion/completions";
import type { CliContext } from "../context";

export function addCompletion(program: Command, context: CliContext): void {
  addCommand(program, "completion", {
    summary: "print a completion script for `mgs`, a shell function or alias for `npm run --silent mgs --`",
    examples: [["completion bash > ~/.local/share/bash-completion/completions/mgs", "for the next shell"]],
  })
    .addArgument(new Argument("<shell>", "which").choices(Object.keys(COMPLETIONS)))
    .action(async (shell: Shell, { json }: { json: boolean }) => {
      const script = COMPLETIONS[shell](program);
      printResult(context, json, { shell, script }, () => context.print(script));
    });
}
