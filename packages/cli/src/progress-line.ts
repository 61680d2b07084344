import type { CliContext } from "./context";
import { toCell } from "./terminal-text";

/** One line that is written over in place, on a terminal alone. */
export function progressLine({ terminal }: CliContext): { show(text: string): void; clear(): void } {
  const write = (text: string) => terminal?.write(`\r\u001b[2K${toCell(text)}`);
  return { show: write, clear: () => write("") };
}
