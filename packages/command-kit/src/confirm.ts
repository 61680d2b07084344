import { createInterface } from "node:readline/promises";
import type { CommandContext } from "@mgs/module/command";
import { toTerminalText } from "./terminal-text";

/**
 * Asks the person at the terminal.
 * @throws Error when nobody is there to ask
 */
export async function confirm({ input, terminal }: CommandContext, question: string): Promise<boolean> {
  if (!input.isTTY || !terminal) throw new Error(`${question}\nNobody is there to ask: say --yes.`);
  const asking = createInterface({ input, output: terminal });
  try {
    return /^y(es)?$/i.test((await asking.question(`${toTerminalText(question)} [y/N] `)).trim());
  } finally {
    asking.close();
  }
}
