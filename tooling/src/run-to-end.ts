import { spawn } from "node:child_process";
import type { Guard } from "./supervisor/guard";
import { spawnEnvironment } from "./supervisor/service";

export type RunOptions = {
  cwd: string;
  env: Readonly<Record<string, string>>;
  guard: Guard;
  signal?: AbortSignal | undefined;
  /** Receives each chunk of output; without it output is kept for the error alone. */
  output?(chunk: string): void;
};

/**
 * Runs a program to its end, in a process group that ends with this process or by `signal`.
 * @throws Error with the end of its output when its exit code is not 0, or `signal` interrupted it: some programs
 *   (turbo) end with 0 then
 */
export async function runToEnd(command: string, args: readonly string[], options: RunOptions): Promise<void> {
  if (options.signal?.aborted) throw new Error(`${command} was not run: everything is ending`);
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: spawnEnvironment(options.env),
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const { pid } = child;
  let tail = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8");
    stream.on("data", (chunk: string) => {
      tail = (tail + chunk).slice(-20_000);
      options.output?.(chunk);
    });
  }
  const end = (signal: NodeJS.Signals) => {
    try {
      if (pid !== undefined) process.kill(-pid, signal);
    } catch {
      // The group has ended.
    }
  };
  const abort = () => end("SIGTERM");
  options.signal?.addEventListener("abort", abort);
  if (pid !== undefined) options.guard.watch(pid);
  const code = await new Promise<number | null>((resolve) => {
    child.once("error", (error) => {
      tail += error.message;
      resolve(null);
    });
    child.once("close", resolve);
  });
  options.signal?.removeEventListener("abort", abort);
  end("SIGKILL");
  if (pid !== undefined) options.guard.forget(pid);
  if (options.signal?.aborted) throw new Error(`${command} was interrupted`);
  if (code === 0) return;
  throw new Error(options.output ? `${command} ended with exit code ${code}` : tail);
}
