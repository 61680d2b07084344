import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import Pusher from "pusher";
import PusherJs from "pusher-js";
import { expect, onTestFinished, test } from "vitest";
import { ROOT } from "./paths";
import { packRealtime } from "./realtime-package";

const run = promisify(execFile);
const APP = { id: "app", key: "key", secret: "a-secret" };
/** Nothing of ours, and the Node of this test. */
const ENV = {
  NODE_ENV: "production" as const,
  PATH: `${dirname(process.execPath)}:${process.env.PATH ?? ""}`,
  HOME: tmpdir(),
  NO_UPDATE_NOTIFIER: "1",
};
const VARIABLES = { PUSHER_APP_ID: APP.id, PUSHER_APP_KEY: APP.key, PUSHER_APP_SECRET: APP.secret, REALTIME_PORT: "0" };

/** Starts a command that logs as the server does, and waits until it listens. */
async function listening(command: string, args: string[], cwd: string) {
  const child: ChildProcess = spawn(command, args, {
    cwd,
    env: { ...ENV, ...VARIABLES },
    stdio: ["ignore", "pipe", "ignore", "ipc"],
    // npx keeps signals to itself: its whole group is told, as a terminal does.
    detached: true,
  });
  const end = (signal: NodeJS.Signals): void => {
    if (child.pid === undefined) return;
    try {
      process.kill(-child.pid, signal);
    } catch {
      // All of it has ended.
    }
  };
  onTestFinished(() => end("SIGKILL"));
  const port = await new Promise<number>((resolve, reject) => {
    child.once("exit", (code) => reject(new Error(`it ended with ${code}`)));
    createInterface({ input: child.stdout ?? process.stdin }).on("line", (line) => {
      if (!line.startsWith("{")) return;
      const entry: { msg: string; port: number } = JSON.parse(line);
      if (entry.msg === "listening") resolve(entry.port);
    });
  });
  return { child, port, end };
}

/** An event of the pusher library that pusher-js receives on a private channel. */
async function roundTrip(port: number): Promise<unknown> {
  const publisher = new Pusher({
    appId: APP.id,
    key: APP.key,
    secret: APP.secret,
    host: "127.0.0.1",
    port: String(port),
  });
  const client = new PusherJs(APP.key, {
    cluster: "",
    wsHost: "127.0.0.1",
    wsPort: port,
    forceTLS: false,
    enabledTransports: ["ws"],
    channelAuthorization: {
      endpoint: "",
      transport: "ajax",
      customHandler: ({ socketId, channelName }, callback) =>
        callback(null, publisher.authorizeChannel(socketId, channelName)),
    },
  });
  onTestFinished(() => client.disconnect());
  const channel = client.subscribe("private-room");
  const received = new Promise((resolve) => channel.bind("greeting", resolve));
  await new Promise((resolve) => channel.bind("pusher:subscription_succeeded", resolve));
  await publisher.trigger("private-room", "greeting", { hello: "Salama" });
  return received;
}

async function folder(): Promise<string> {
  const path = await realpath(await mkdtemp(join(tmpdir(), "mgs-pack-")));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  return path;
}

test("the package installs into an empty folder without a registry and serves", async () => {
  const tarball = await packRealtime(join(await folder(), "out"));
  const home = await folder();
  await writeFile(join(home, "package.json"), "{}");
  await run("npm", ["install", "--offline", "--no-audit", "--no-fund", tarball], { cwd: home, env: ENV });
  expect((await readdir(join(home, "node_modules"))).filter((name) => !name.startsWith("."))).toEqual(["mgs-realtime"]);
  const installed = join(home, "node_modules", "mgs-realtime");
  expect(await readFile(join(installed, "THIRD-PARTY.txt"), "utf8")).toMatch(/^ws@\d/m);

  const { stdout } = await run("npx", ["--offline", "mgs-realtime", "--version"], { cwd: home, env: ENV });
  expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  const { child, port, end } = await listening("npx", ["--offline", "mgs-realtime"], home);
  expect(await roundTrip(port)).toEqual({ hello: "Salama" });
  // Its output closes when the last of the group has ended.
  const closed = once(child, "close");
  end("SIGTERM");
  await closed;
}, 120_000);

test("npm run realtime serves alone, and ends when its parent process is killed", async () => {
  const { child, port } = await listening(process.execPath, ["--import", "tsx", "tooling/src/realtime.ts"], ROOT);
  expect(await roundTrip(port)).toEqual({ hello: "Salama" });
  const ended = once(child, "exit");
  child.disconnect();
  expect(await ended).toEqual([0, null]);
}, 60_000);
