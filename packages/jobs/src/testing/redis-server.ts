import { type ChildProcess, spawn } from "node:child_process";
import { randomInt } from "node:crypto";
import { once } from "node:events";
import { rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { createInterface } from "node:readline";

/** Names the Redis server that tests run. It may be Valkey's; the setup of the integration tests has found it. */
export function testRedisProgram(): string {
  return process.env.MGS_TEST_REDIS_PROGRAM ?? "redis-server";
}

/** A Redis for one test file, which stops and starts it. It keeps no data. */
export type TestRedis = {
  readonly url: string;
  readonly port: number;
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Makes Redis keep its connections and answer no command, until `thaw`. */
  freeze(): void;
  thaw(): void;
};

/**
 * Prepares a Redis without starting it.
 * @param args further arguments of `redis-server`
 */
export async function createTestRedis(args: readonly string[] = []): Promise<TestRedis> {
  const port = await freePort();
  // A replica writes its primary's data to this file and reads it at its start, so each Redis has its own.
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

/** Distance of a Redis Cluster node's bus port from its port. */
const BUS_PORT_OFFSET = 10_000;

/**
 * Finds a port that is free, with its bus port. Both are below the ephemeral ports (from 32768 on), so that they are still
 * free when Redis starts, and when a test starts its Redis again.
 */
async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(12_000, 22_000);
    if ((await isFree(port)) && (await isFree(port + BUS_PORT_OFFSET))) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}
