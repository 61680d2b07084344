import { Readable } from "node:stream";
import type { Environment } from "@mgs/core/environment";
import type { CommandContext, CommandGroup, CommandPorts } from "@mgs/module/command";
import { runProgram } from "../run-program";

export type Outcome = { code: number; out: string; err: string };

/** Runs one command in this process, and resolves to its exit code with what it wrote. */
export type TestCommandLine = (
  args: readonly string[],
  options?: { stdin?: string; colours?: boolean },
) => Promise<Outcome>;

type OutsideContext = Omit<CommandContext, "ports">;

/** What surrounds a command whose output is not read. */
export function createTestContext(environment: Environment): OutsideContext {
  return {
    environment: async () => environment,
    print: () => undefined,
    complain: () => undefined,
    colours: false,
    terminal: null,
    input: Readable.from([]),
  };
}

/** @param run the command line under test; resolves to the exit code */
export function createTestCommandLine(
  environment: () => Environment,
  run: (args: readonly string[], context: OutsideContext) => Promise<number>,
): TestCommandLine {
  return async (args, { stdin = "", colours = false } = {}) => {
    const out: string[] = [];
    const err: string[] = [];
    const code = await run(args, {
      ...createTestContext(environment()),
      print: (line) => out.push(line),
      complain: (line) => err.push(line),
      colours,
      input: Readable.from(stdin === "" ? [] : [Buffer.from(stdin)]),
    });
    return { code, out: out.join("\n"), err: err.join("\n") };
  };
}

/** The command line of one package's commands alone. @param ports those that the commands under test call */
export function createTestCommands(
  groups: readonly CommandGroup[],
  environment: () => Environment,
  ports: Partial<CommandPorts> = {},
): TestCommandLine {
  const missing = () => Promise.reject(new Error("this test supplies no such port"));
  const all = {
    identityHooks: [],
    findAccount: missing,
    listClients: missing,
    countLiveAccessTokens: missing,
    ...ports,
  };
  return createTestCommandLine(environment, (args, context) => runProgram(args, groups, { ...context, ports: all }));
}
