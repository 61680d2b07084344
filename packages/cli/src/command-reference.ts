import type { Command } from "commander";

/** Writes the command tree as the tables of docs/cli.md. */
export function writeCommandReference(program: Command): string {
  const groups = Map.groupBy(program.commands, (command) => command.helpGroup() ?? "");
  return [...groups]
    .map(([title, commands]) =>
      [
        `## ${title.replace(/:$/, "")}`,
        "",
        "| command | options | what it does |",
        "| --- | --- | --- |",
        ...commands.map(formatCommandRow),
      ].join("\n"),
    )
    .join("\n\n");
}

function formatCommandRow(command: Command): string {
  const usage = [command.name(), ...command.registeredArguments.map((argument) => formatArgument(argument))].join(" ");
  const options = command.options
    .filter(({ long }) => long !== "--json")
    .map(({ flags, mandatory }) => `\`${flags}\`${mandatory ? " (needed)" : ""}`);
  return `| \`${usage}\` | ${options.join(", ")} | ${command.description().replaceAll("|", "\\|")} |`;
}

function formatArgument(argument: Command["registeredArguments"][number]): string {
  const name = argument.variadic ? `${argument.name()}...` : argument.name();
  return argument.required ? `<${name}>` : `[${name}]`;
}
