import type { Argument, Command, Option } from "commander";

/** Words that a command's line may contain. */
export type CommandWords = {
  name: string;
  summary: string;
  options: { flag: string; summary: string; value: readonly string[] | "any" | null }[];
  /** Values of the first argument; `any` when every value is allowed, null without an argument. */
  argument: readonly string[] | "any" | null;
};

/** Lists every command of the tree, in the order of the help. */
export function listCommandWords(program: Command): CommandWords[] {
  return program.commands.map((command) => ({
    name: command.name(),
    summary: command.description(),
    options: [...command.options.map(toOptionWords), { flag: "--help", summary: "show help", value: null }],
    argument: toArgumentWords(command.registeredArguments[0]),
  }));
}

function toOptionWords(option: Option): CommandWords["options"][number] {
  const value = option.required || option.optional ? (option.argChoices ?? "any") : null;
  return { flag: option.long ?? option.flags, summary: option.description, value };
}

function toArgumentWords(argument: Argument | undefined): CommandWords["argument"] {
  return argument ? (argument.argChoices ?? "any") : null;
}
