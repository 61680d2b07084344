import type { Argument, Command, Option } from "commander";

/** What may stand on a command's line. */
export type CommandWords = {
  name: string;
  summary: string;
  options: { flag: string; summary: string; value: readonly string[] | "any" | null }[];
  /** Values that the first argument may have; `any` for one that is not listed, null for none. */
  argument: readonly string[] | "any" | null;
};

/** Every command of the tree, in the order of the help. */
export function wordsOf(program: Command): CommandWords[] {
  return program.commands.map((command) => ({
    name: command.name(),
    summary: command.description(),
    options: [...command.options.map(optionWords), { flag: "--help", summary: "show help", value: null }],
    argument: argumentWords(command.registeredArguments[0]),
  }));
}

function optionWords(option: Option): CommandWords["options"][number] {
  const value = option.required || option.optional ? (option.argChoices ?? "any") : null;
  return { flag: option.long ?? option.flags, summary: option.description, value };
}

function argumentWords(argument: Argument | undefined): CommandWords["argument"] {
  return argument ? (argument.argChoices ?? "any") : null;
}
