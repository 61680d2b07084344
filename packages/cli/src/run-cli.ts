import { runProgram } from "@mgs/command-kit/run-program";
import { loadCommandGroups } from "./command-groups";
import type { CliHost } from "./context";
import { COMMAND_PORTS } from "./ports";

/** Runs one command. @returns the exit code: 0 done, 1 refused or failed, 2 wrong usage or input */
export async function runCli(args: readonly string[], host: CliHost): Promise<0 | 1 | 2> {
  return runProgram(args, await loadCommandGroups(), { ...host, ports: COMMAND_PORTS });
}
