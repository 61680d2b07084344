import { mkdir, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { join } from "node:path";
import { createBaseEnvironment, type Service } from "../supervisor/service";
import { findExecutable } from "./executables";

/** Programs of servers, either of which works. */
export const REDIS_PROGRAMS = ["redis-server", "valkey-server"] as const;

export type RedisOptions = {
  binary: string;
  folder: string;
  port: number;
  password: string;
  /** False for tests, which keep nothing on disk. */
  durable: boolean;
};

/** Finds a Redis or Valkey server on the PATH or in package managers' folders; null when there is none. */
export function findRedis(path = process.env.PATH ?? ""): string | null {
  return findExecutable(REDIS_PROGRAMS, path);
}

export function redisUrl(port: number, password: string): string {
  return `redis://:${encodeURIComponent(password)}@127.0.0.1:${port}`;
}

/** Prepares a local Redis, on the loopback only, with its password kept off the command line. */
export async function prepareRedis({ binary, folder, port, password, durable }: RedisOptions): Promise<Service> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const settings = [
    "bind 127.0.0.1",
    `port ${port}`,
    `requirepass ${password}`,
    `dir "${folder}"`,
    `appendonly ${durable ? "yes" : "no"}`,
    'save ""',
    // BullMQ loses jobs when keys are evicted.
    "maxmemory-policy noeviction",
    "daemonize no",
  ];
  const file = join(folder, "redis.conf");
  await writeFile(file, `${settings.join("\n")}\n`, { mode: 0o600 });
  return {
    name: "redis",
    command: binary,
    args: [file],
    cwd: folder,
    env: createBaseEnvironment(),
    tier: "server",
    ready: () => redisAnswers(port, password),
    readyTimeout: 30_000,
  };
}

/** Tells whether Redis answers PING. While it loads, it accepts connections and answers `-LOADING`. */
export function redisAnswers(port: number, password: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: "127.0.0.1" }, () => socket.write(`AUTH ${password}\r\nPING\r\n`));
    let answer = "";
    const finish = (value: boolean) => {
      socket.destroy();
      resolve(value);
    };
    socket.setTimeout(1_000, () => finish(false));
    socket.once("error", () => finish(false));
    socket.on("data", (chunk) => {
      answer += chunk.toString();
      if (answer.includes("+PONG")) finish(true);
      else if (answer.includes("-")) finish(false);
    });
  });
}
