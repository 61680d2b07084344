import type { Command } from "commander";
import { bashCompletion } from "./bash";
import { zshCompletion } from "./zsh";

/** A script a shell, made from the command tree. */
export const COMPLETIONS = { bash: bashCompletion, zsh: zshCompletion } satisfies Record<
  string,
  (program: Command) => string
>;
export type Shell = keyof typeof COMPLETIONS;
