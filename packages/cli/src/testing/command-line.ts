import { fileURLToPath } from "node:url";
import { createTestCommandLine, createTestContext, type TestCommandLine } from "@mgs/command-kit/testing/command-line";
import type { Environment } from "@mgs/core/environment";
import type { CliHost } from "../context";
import { runCli } from "../run-cli";

const MIGRATIONS = fileURLToPath(new URL("../../../../prisma/migrations", import.meta.url));

/** Makes the host of a command line in a test; a test of the doctor passes its own installation. */
export function createTestHost(environment: Environment, overrides: Partial<CliHost> = {}): CliHost {
  return {
    ...createTestContext(environment),
    isDatabaseEmbedded: () => true,
    installation: () => Promise.reject(new Error("this test has no installation")),
    migrations: MIGRATIONS,
    ...overrides,
  };
}

/** Makes a command line with all commands in this process. */
export function createTestCli(environment: () => Environment, overrides: Partial<CliHost> = {}): TestCommandLine {
  return createTestCommandLine(environment, (args, context) =>
    runCli(args, { ...createTestHost(environment(), overrides), ...context }),
  );
}
