import { createProgram } from "@mgs/command-kit/create-program";
import type { Command } from "commander";
import { loadCommandGroups } from "./command-groups";
import type { CliHost } from "./context";
import { COMMAND_PORTS } from "./ports";

/** Loads the command tree. Commands read and open nothing before they run. */
export async function loadProgram(host: CliHost): Promise<Command> {
  return createProgram(await loadCommandGroups(), { ...host, ports: COMMAND_PORTS });
}
