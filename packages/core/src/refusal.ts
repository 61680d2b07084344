import { hideSecrets } from "./redact";

/**
 * What a process ends with that refuses its own settings: EX_CONFIG of sysexits.h. Whoever supervises it need not start
 * it again before they are mended.
 */
export const REFUSAL_EXIT_CODE = 78;

/** Settings that cannot work. The message names each that is wrong, never its value. */
export class RefusedSettings extends Error {
  readonly problems: readonly string[];

  constructor(title: string, problems: readonly string[]) {
    super(`${title}:\n${problems.map((problem) => `  - ${problem}`).join("\n")}`);
    this.problems = problems;
  }
}

/** Ends this process, which could not start: the reason goes to standard error, refused settings have an exit code of their own. */
export function endFailedStart(error: unknown): never {
  process.stderr.write(`${hideSecrets(error instanceof Error ? error.message : String(error))}\n`);
  process.exit(error instanceof RefusedSettings ? REFUSAL_EXIT_CODE : 1);
}
