import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { createHash, createHmac } from "node:crypto";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { createBaseEnvironment, spawnEnvironment } from "../../tooling/src/supervisor/service";
import { startFloor } from "../children";
import { createRequest } from "../connection";
import { APP, type DialectName } from "./dialects";

export type RunningServer = { port: number; pid: number; stop(): Promise<void> };

/** A server that broadcasts events, and the request of its publishers. */
export type Contestant = {
  name: string;
  dialect: DialectName;
  start(): Promise<RunningServer>;
  /** Makes the request of one publish. */
  publish(channel: string, name: string, data: string): Buffer;
};

const JSON_HEADERS = { "content-type": "application/json" };

/** The product as in production: bundled, with authentication, limits and metrics. */
export const PRODUCT: Contestant = {
  name: "realtime server",
  dialect: "pusher",
  start: () => startProduct({}),
  publish(channel, name, data) {
    const body = JSON.stringify({ name, channels: [channel], data });
    const query = [
      `auth_key=${APP.key}`,
      `auth_timestamp=${Math.floor(Date.now() / 1_000)}`,
      "auth_version=1.0",
      `body_md5=${createHash("md5").update(body).digest("hex")}`,
    ].join("&");
    const path = `/apps/${APP.id}/events`;
    const signature = createHmac("sha256", APP.secret).update(`POST\n${path}\n${query}`).digest("hex");
    return createRequest({
      method: "POST",
      path: `${path}?${query}&auth_signature=${signature}`,
      headers: JSON_HEADERS,
      body,
    });
  },
};

/** The same server, heard by clients of laravel-echo-server. */
export const PRODUCT_BY_SOCKET_IO: Contestant = {
  name: "realtime server by Socket.IO",
  dialect: "laravel-echo-server",
  start: () => startProduct({ REALTIME_SOCKET_IO: "1", REALTIME_SOCKET_IO_AUTH_HOST: "http://127.0.0.1:9" }),
  publish: PRODUCT.publish,
};

export const NAIVE: Contestant = {
  name: "naive",
  dialect: "naive",
  start: () => startServer("naive-websocket.ts", {}),
  publish: createPlainPublish("/publish"),
};

/** Makes the contestants of other makers. @param folder the folder of `installRivals` */
export function createRivals(folder: string): Contestant[] {
  return [
    {
      name: "socket.io",
      dialect: "socket.io",
      start: () => startServer("socket-io.cjs", { RIVALS: folder }),
      publish: createPlainPublish("/publish"),
    },
    {
      name: "laravel-echo-server",
      dialect: "laravel-echo-server",
      start: () => startServer("laravel-echo-server.cjs", { RIVALS: folder }),
      publish: createPlainPublish(`/apps/${APP.id}/events?auth_key=${APP.key}`),
    },
  ];
}

function createPlainPublish(path: string): Contestant["publish"] {
  return (channel, name, data) =>
    createRequest({ method: "POST", path, headers: JSON_HEADERS, body: JSON.stringify({ channel, name, data }) });
}

async function startServer(file: string, env: Readonly<Record<string, string>>): Promise<RunningServer> {
  const { port, child, stop } = await startFloor(file, env);
  return { port, pid: child.pid ?? 0, stop };
}

const PACKAGE = fileURLToPath(new URL("../../packages/realtime-server/", import.meta.url));

/** Bundles the product's server as a production build does, in half a second. */
export function buildProduct(): void {
  const bundle = fileURLToPath(new URL("../../scripts/bundle.mjs", import.meta.url));
  execFileSync(process.execPath, [bundle, "src/main.ts", "dist/main.js"], { cwd: PACKAGE, stdio: "inherit" });
}

async function startProduct(settings: Readonly<Record<string, string>>): Promise<RunningServer> {
  const path = `${PACKAGE}dist/main.js`;
  const child = spawn(process.execPath, [path], {
    env: spawnEnvironment({
      ...createBaseEnvironment(),
      NODE_ENV: "production",
      REALTIME_HOST: "127.0.0.1",
      REALTIME_PORT: "0",
      PUSHER_APP_ID: APP.id,
      PUSHER_APP_KEY: APP.key,
      PUSHER_APP_SECRET: APP.secret,
      METRICS_TOKEN: "a-token-of-a-benchmark",
      ...settings,
    }),
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(child, "exit");
  return {
    port: await readListeningPort(child),
    pid: child.pid ?? 0,
    async stop() {
      child.kill("SIGKILL");
      await ended;
    },
  };
}

function readListeningPort(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once("exit", (code) => reject(new Error(`the realtime server ended with ${code}`)));
    if (child.stdout === null) return;
    createInterface({ input: child.stdout }).on("line", (line) => {
      const entry: { msg?: string; port?: number } = JSON.parse(line);
      if (entry.msg === "listening" && entry.port !== undefined) resolve(entry.port);
    });
  });
}
