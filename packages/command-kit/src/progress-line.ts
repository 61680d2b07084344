import type { CommandContext } from "@mgs/module/command";
import { toCell } from "./terminal-text";

/** One line that is written over in place, on a terminal alone. */
export function createProgressLine({ terminal }: CommandContext): { show(text: string): void; clear(): void } {
  const write = (text: string) => terminal?.write(`\r\u001b[2K${toCell(text)}`);
  return { show: write, clear: () => write("") };
}
