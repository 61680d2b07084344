import { createProgram } from "@mgs/command-kit/create-program";
import type { Command } from "commander";
import { loadCommandGroups } from "./command-groups";
import type { CliHost } from "./context";
import { COMMAND_PORTS } from "./ports";

/** The command tree. Nothing is read or opened before a command runs. */
export async function loadProgram(host: CliHost): Promise<Command> {
  return createProgram(await loadCommandGroups(), { ...host, ports: COMMAND_PORTS });
}
