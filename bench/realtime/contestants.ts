import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { createHash, createHmac } from "node:crypto";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { createBaseEnvironment, spawnEnvironment } from "../../tooling/src/supervisor/service";
import { startFloor } from "../children";
import { request } from "../connection";
import { APP, type DialectName } from "./dialects";

export type RunningServer = { port: number; pid: number; stop(): Promise<void> };

/** A server that passes events on, and how a publisher asks it to. */
export type Contestant = {
  name: string;
  dialect: DialectName;
  start(): Promise<RunningServer>;
  /** The bytes of one publish. */
  publish(channel: string, name: string, data: string): Buffer;
};

const JSON_HEADERS = { "content-type": "application/json" };

/** The product as it runs: production bundle, authentication, limits and metrics on. */
export const PRODUCT: Contestant = {
  name: "realtime server",
  dialect: "pusher",
  start: startProduct,
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
    return request({
      method: "POST",
      path: `${path}?${query}&auth_signature=${signature}`,
      headers: JSON_HEADERS,
      body,
    });
  },
};

export const NAIVE: Contestant = {
  name: "naive",
  dialect: "naive",
  start: () => started("naive-websocket.ts", {}),
  publish: plainly("/publish"),
};

/** @param folder where `installRivals` put them */
export function rivals(folder: string): Contestant[] {
  return [
    {
      name: "socket.io",
      dialect: "socket.io",
      start: () => started("socket-io.cjs", { RIVALS: folder }),
      publish: plainly("/publish"),
    },
    {
      name: "laravel-echo-server",
      dialect: "laravel-echo-server",
      start: () => started("laravel-echo-server.cjs", { RIVALS: folder }),
      publish: plainly(`/apps/${APP.id}/events?auth_key=${APP.key}`),
    },
  ];
}

function plainly(path: string): Contestant["publish"] {
  return (channel, name, data) =>
    request({ method: "POST", path, headers: JSON_HEADERS, body: JSON.stringify({ channel, name, data }) });
}

async function started(file: string, env: Readonly<Record<string, string>>): Promise<RunningServer> {
  const { port, child, stop } = await startFloor(file, env);
  return { port, pid: child.pid ?? 0, stop };
}

const PACKAGE = fileURLToPath(new URL("../../packages/realtime-server/", import.meta.url));

/** Bundles the product's server as a production build does; half a second. */
export function buildProduct(): void {
  const bundle = fileURLToPath(new URL("../../scripts/bundle.mjs", import.meta.url));
  execFileSync(process.execPath, [bundle, "src/main.ts", "dist/main.js"], { cwd: PACKAGE, stdio: "inherit" });
}

async function startProduct(): Promise<RunningServer> {
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
    }),
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(child, "exit");
  return {
    port: await listeningPort(child),
    pid: child.pid ?? 0,
    async stop() {
      child.kill("SIGKILL");
      await ended;
    },
  };
}

function listeningPort(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once("exit", (code) => reject(new Error(`the realtime server ended with ${code}`)));
    if (child.stdout === null) return;
    createInterface({ input: child.stdout }).on("line", (line) => {
      const entry: { msg?: string; port?: number } = JSON.parse(line);
      if (entry.msg === "listening" && entry.port !== undefined) resolve(entry.port);
    });
  });
}
