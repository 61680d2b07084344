import type { Command } from "commander";

/** The command tree as the tables of docs/cli.md. */
export function referenceOf(program: Command): string {
  const groups = Map.groupBy(program.commands, (command) => command.helpGroup() ?? "");
  return [...groups]
    .map(([title, commands]) =>
      [
        `## ${title.replace(/:$/, "")}`,
        "",
        "| command | options | what it does |",
        "| --- | --- | --- |",
        ...commands.map(line),
      ].join("\n"),
    )
    .join("\n\n");
}

function line(command: Command): string {
  const usage = [command.name(), ...command.registeredArguments.map((argument) => brackets(argument))].join(" ");
  const options = command.options
    .filter(({ long }) => long !== "--json")
    .map(({ flags, mandatory }) => `\`${flags}\`${mandatory ? " (needed)" : ""}`);
  return `| \`${usage}\` | ${options.join(", ")} | ${command.description().replaceAll("|", "\\|")} |`;
}

function brackets(argument: Command["registeredArguments"][number]): string {
  const name = argument.variadic ? `${argument.name()}...` : argument.name();
  return argument.required ? `<${name}>` : `[${name}]`;
}
