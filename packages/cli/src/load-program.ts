import { createProgram } from "@mgs/command-kit/create-program";
import type { Command } from "commander";
import { loadCommandGroups } from "./command-groups";
import { COMMAND_PORTS } from "./command-ports";
import type { CliHost } from "./context";

/** Loads the command tree. Commands read and open nothing before they run. */
export async function loadProgram(host: CliHost): Promise<Command> {
  return createProgram(await loadCommandGroups(), { ...host, ports: COMMAND_PORTS });
}
