import { runProgram } from "@mgs/command-kit/run-program";
import { loadCommandGroups } from "./command-groups";
import { COMMAND_PORTS } from "./command-ports";
import type { CliHost } from "./context";

/** Runs one command. @returns the exit code: 0 for success, 1 for a refusal or failure, 2 for wrong usage or input */
export async function runCli(args: readonly string[], host: CliHost): Promise<0 | 1 | 2> {
  return runProgram(args, await loadCommandGroups(), { ...host, ports: COMMAND_PORTS });
}
