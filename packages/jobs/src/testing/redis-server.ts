import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { createInterface } from "node:readline";

/** A Redis of one test file's own, to be stopped and started as the test pleases. It keeps nothing. */
export type TestRedis = {
  readonly url: string;
  readonly port: number;
  start(): Promise<void>;
  stop(): Promise<void>;
  /** It holds its connections and answers nobody, until `thaw`. */
  freeze(): void;
  thaw(): void;
};

/**
 * Does not start it.
 * @param args of `redis-server`, besides its port, its address and that it keeps nothing
 */
export async function createTestRedis(args: readonly string[] = []): Promise<TestRedis> {
  const port = await freePort();
  let process: ChildProcess | undefined;
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    async start() {
      const child = spawn(
        "redis-server",
        ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", ...args],
        { stdio: ["ignore", "pipe", "ignore"], cwd: tmpdir() },
      );
      process = child;
      for await (const line of createInterface({ input: child.stdout })) {
        if (line.includes("Ready to accept connections")) break;
      }
      child.stdout.resume();
    },
    async stop() {
      const child = process;
      process = undefined;
      if (!child || child.exitCode !== null) return;
      const ended = once(child, "exit");
      child.kill("SIGKILL");
      await ended;
    },
    freeze: () => void process?.kill("SIGSTOP"),
    thaw: () => void process?.kill("SIGCONT"),
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (!address || typeof address === "string") throw new Error("the system gave no port");
  return address.port;
}
