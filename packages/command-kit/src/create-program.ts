import type { CommandContext, CommandGroup } from "@mgs/module/command";
import { Command } from "commander";

/** Makes the command tree. Nothing is read or opened before a command runs. @param groups in the order of the help */
export function createProgram<Context extends CommandContext>(
  groups: readonly CommandGroup<Context>[],
  context: Context,
): Command {
  const program = new Command("mgs")
    .description("MGS Multi-Sites from the command line")
    .usage("<command> [options]")
    .addHelpText("after", "\nExit codes: 0 done, 1 refused or failed, 2 wrong usage or input, 130 interrupted.")
    .exitOverride()
    .configureOutput({
      writeOut: (text) => context.print(text.trimEnd()),
      writeErr: (text) => context.complain(text.trimEnd()),
      getOutHasColors: () => context.colours,
    });
  for (const { title, commands } of groups) {
    program.commandsGroup(title);
    for (const addTo of commands) addTo(program, context);
  }
  // How the program ends and writes holds for each command as well.
  for (const command of program.commands) command.copyInheritedSettings(program);
  return program;
}
