import { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import type { Environment } from "@mgs/core/environment";
import type { CliContext } from "../context";
import { runCli } from "../run-cli";

const MIGRATIONS = fileURLToPath(new URL("../../../../prisma/migrations", import.meta.url));

export type Outcome = { code: number; out: string; err: string };
export type TestCli = (args: readonly string[], options?: { stdin?: string; colours?: boolean }) => Promise<Outcome>;

export function testContext(environment: Environment, overrides: Partial<CliContext> = {}): CliContext {
  return {
    environment: async () => environment,
    isDatabaseEmbedded: () => true,
    installation: () => Promise.reject(new Error("this test has no installation")),
    migrations: MIGRATIONS,
    print: () => undefined,
    complain: () => undefined,
    colours: false,
    terminal: null,
    input: Readable.from([]),
    ...overrides,
  };
}

/** The real command line in this process, with what it wrote. */
export function createTestCli(environment: () => Environment): TestCli {
  return async (args, { stdin = "", colours = false } = {}) => {
    const out: string[] = [];
    const err: string[] = [];
    const code = await runCli(
      args,
      testContext(environment(), {
        print: (line) => out.push(line),
        complain: (line) => err.push(line),
        colours,
        input: Readable.from(stdin === "" ? [] : [Buffer.from(stdin)]),
      }),
    );
    return { code, out: out.join("\n"), err: err.join("\n") };
  };
}
