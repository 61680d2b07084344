import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import { APP } from "./start-server";

const MAIN = fileURLToPath(new URL("../main.ts", import.meta.url));

/** The variables that a process needs, with a free port. */
export const VALID = {
  PUSHER_APP_ID: APP.id,
  PUSHER_APP_KEY: APP.key,
  PUSHER_APP_SECRET: APP.secret,
  REALTIME_PORT: "0",
};

/** The real process, killed when the test ends. */
export function spawnProcess(env: Record<string, string>): ChildProcess {
  const child = spawn(process.execPath, ["--import", "tsx", MAIN], {
    env: { PATH: process.env.PATH, NODE_ENV: "test", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  return child;
}

/** @returns its port, once it listens */
export function untilListening(child: ChildProcess, onLine: (line: string) => void = () => undefined): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once("exit", (code) => reject(new Error(`the process ended with ${code}`)));
    createInterface({ input: child.stdout ?? process.stdin }).on("line", (line) => {
      onLine(line);
      const entry: { msg: string; port: number } = JSON.parse(line);
      if (entry.msg === "listening") resolve(entry.port);
    });
  });
}
