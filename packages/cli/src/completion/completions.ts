import type { Command } from "commander";
import { writeBashCompletion } from "./bash";
import { writeZshCompletion } from "./zsh";

/** Writers of completion scripts by shell. */
export const COMPLETIONS = { bash: writeBashCompletion, zsh: writeZshCompletion } satisfies Record<
  string,
  (program: Command) => string
>;
export type Shell = keyof typeof COMPLETIONS;
