import { type ChildProcess, spawn } from "node:child_process";
import { randomInt } from "node:crypto";
import { once } from "node:events";
import { rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { createInterface } from "node:readline";

/** The server that tests run, which may be Valkey's: the setup of the integration tests has found it. */
export function testRedisProgram(): string {
  return process.env.MGS_TEST_REDIS_PROGRAM ?? "redis-server";
}

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
  /** A copy writes what it has from its master to a file, and would read another one's at its start. */
  const file = join(tmpdir(), `mgs-test-redis-${port}.rdb`);
  let process: ChildProcess | undefined;
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    async start() {
      const child = spawn(
        testRedisProgram(),
        [
          ...["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"],
          ...["--dir", tmpdir(), "--dbfilename", basename(file), ...args],
        ],
        { stdio: ["ignore", "pipe", "ignore"] },
      );
      process = child;
      let said = "";
      let ready = false;
      for await (const line of createInterface({ input: child.stdout })) {
        said += `${line}\n`;
        ready = line.includes("Ready to accept connections");
        if (ready) break;
      }
      if (!ready) throw new Error(`redis-server ended before it was ready:\n${said}`);
      child.stdout.resume();
    },
    async stop() {
      const child = process;
      process = undefined;
      if (!child || child.exitCode !== null) return;
      const ended = once(child, "exit");
      child.kill("SIGKILL");
      await ended;
      await rm(file, { force: true });
    },
    freeze: () => void process?.kill("SIGSTOP"),
    thaw: () => void process?.kill("SIGCONT"),
  };
}

/** The bus of a Redis Cluster's node is so far above its port. */
const BUS_OFFSET = 10_000;

/**
 * Both ports are below those that systems give to connections and to who asks for any (from 32768 on): what is released
 * here, and whenever a test stops its Redis, is still free when Redis takes it.
 */
async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(12_000, 22_000);
    if ((await isFree(port)) && (await isFree(port + BUS_OFFSET))) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}
