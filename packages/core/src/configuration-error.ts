import { hideSecrets } from "./redact";

/**
 * Exit code of a process whose configuration is invalid: EX_CONFIG of sysexits.h. A supervisor need not restart it before the
 * configuration is mended.
 */
export const CONFIGURATION_ERROR_EXIT_CODE = 78;

/** The configuration is invalid. The message names each setting in error, never its value. */
export class ConfigurationError extends Error {
  readonly problems: readonly string[];

  constructor(title: string, problems: readonly string[]) {
    super(`${title}:\n${problems.map((problem) => `  - ${problem}`).join("\n")}`);
    this.problems = problems;
  }
}

/** Ends a process that could not start. It writes the reason to standard error; an invalid configuration has its own exit code. */
export function exitFailedStart(error: unknown): never {
  process.stderr.write(`${hideSecrets(error instanceof Error ? error.message : String(error))}\n`);
  process.exit(error instanceof ConfigurationError ? CONFIGURATION_ERROR_EXIT_CODE : 1);
}
