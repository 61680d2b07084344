import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

const MAIN = fileURLToPath(new URL("../main.ts", import.meta.url));

type LogLine = Record<string, unknown> & { level: number; msg: string };

export type ServerProcess = {
  child: ChildProcess;
  /** Lines of the log so far, parsed. */
  log: readonly LogLine[];
  /** The first line with this text that no earlier call took. */
  next(msg: string): Promise<LogLine>;
  /** Waits until it listens. */
  port(): Promise<number>;
};

/** The real process, from source. It ends with the test. */
export function startProcess(env: Record<string, string>, args: readonly string[] = []): ServerProcess {
  return follow([process.execPath, "--import", "tsx", MAIN, ...args], env);
}

/** The same under a limit of open files. */
export function startLimitedProcess(openFiles: number, env: Record<string, string>): ServerProcess {
  const command = `ulimit -n ${openFiles}; exec "$0" "$@"`;
  return follow(["/bin/sh", "-c", command, process.execPath, "--import", "tsx", MAIN], env);
}

/** Any command that logs as the server does. */
export function follow(
  [command = "", ...args]: readonly string[],
  env: Record<string, string>,
  cwd?: string,
): ServerProcess {
  const child = spawn(command, args, {
    env: { PATH: process.env.PATH, NODE_ENV: "test", ...env },
    stdio: ["ignore", "pipe", "inherit"],
    cwd,
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const log: LogLine[] = [];
  const taken = new Set<LogLine>();
  const waiting: (() => void)[] = [];
  createInterface({ input: child.stdout }).on("line", (line) => {
    log.push(JSON.parse(line));
    for (const wake of waiting.splice(0)) wake();
  });
  const ended = once(child, "exit").then(([code]) => {
    throw new Error(`the process ended with ${code}`);
  });
  ended.catch(() => undefined);

  async function next(msg: string): Promise<LogLine> {
    for (;;) {
      const found = log.find((line) => line.msg === msg && !taken.has(line));
      if (found !== undefined) {
        taken.add(found);
        return found;
      }
      await Promise.race([new Promise<void>((resolve) => waiting.push(resolve)), ended]);
    }
  }
  return { child, log, next, port: async () => Number((await next("listening")).port) };
}

/** Runs the process to its end. */
export async function runProcess(env: Record<string, string>, args: readonly string[] = []) {
  const child = spawn(process.execPath, ["--import", "tsx", MAIN, ...args], {
    env: { PATH: process.env.PATH, NODE_ENV: "test", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const output = { stdout: "", stderr: "" };
  child.stdout.on("data", (chunk) => {
    output.stdout += chunk;
  });
  child.stderr.on("data", (chunk) => {
    output.stderr += chunk;
  });
  const [code] = await once(child, "close");
  return { code: Number(code), ...output };
}
