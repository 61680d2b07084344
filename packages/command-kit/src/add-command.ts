import type { Command } from "commander";

/**
 * A command in the form that all have: what it does, `--json`, and examples at the end of its help. Options and the
 * action are added to what it returns.
 * @param examples arguments that follow `npm run mgs --`, each with a comment
 */
export function addCommand(
  program: Command,
  name: string,
  { summary, examples }: { summary: string; examples: readonly (readonly [args: string, meaning: string])[] },
): Command {
  const lines = examples.map(([args, meaning]) => `  # ${meaning}\n  npm run mgs -- ${args}`);
  return program
    .command(name)
    .description(summary)
    .option("--json", "print JSON", false)
    .addHelpText("after", `\nExamples:\n${lines.join("\n")}`);
}
