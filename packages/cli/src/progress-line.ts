import type { CliContext } from "./context";

/** One line that is written over in place, on a terminal alone. */
export function progressLine({ terminal }: CliContext): { show(text: string): void; clear(): void } {
  const write = (text: string) => terminal?.write(`\r\u001b[2K${text}`);
  return { show: write, clear: () => write("") };
}
