import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CONFIGURATION_ERROR_EXIT_CODE } from "@mgs/core/configuration-error";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { answers } from "../processes";
import { findFreePortRange } from "../services/ports";
import { type Guard, startGuard } from "./guard";
import { createLogSink, type LogSink } from "./log-sink";
import { isAlive } from "./orphans";
import type { Service } from "./service";
import { createSupervisor, type Supervisor } from "./supervisor";

let folder: string;
let guard: Guard;
let log: LogSink;
let said: string[];
let supervisor: Supervisor;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "mgs-supervisor-"));
  guard = startGuard();
  said = [];
  log = createLogSink(join(folder, "logs"), (name, line) => said.push(`[${name}] ${line}`));
  supervisor = createSupervisor({ guard, log, say: (line) => said.push(line), backoff: () => 20 });
});

afterEach(async () => {
  await supervisor.stop();
  await guard.release();
  rmSync(folder, { recursive: true, force: true });
});

function server(name: string, port: number, extra = ""): Service {
  const program = `require("node:http").createServer((q, r) => r.end("ok")).listen(${port}); ${extra}`;
  return {
    name,
    command: process.execPath,
    args: ["-e", program],
    cwd: folder,
    env: {},
    tier: "process",
    ready: () => answers(`http://127.0.0.1:${port}/`),
    readyTimeout: 30_000,
  };
}

const PATIENT = { timeout: 30_000 };

async function pidOf(name: string): Promise<number> {
  const found = () => supervisor.processes().get(name) ?? Promise.reject(new Error(`${name} does not run`));
  return vi.waitFor(found, PATIENT);
}

test("restarts a process that dies, and prints it", async () => {
  const port = await findFreePortRange(1);
  await supervisor.start(server("clock", port));
  const first = await pidOf("clock");

  process.kill(first, "SIGKILL");
  await vi.waitFor(() => expect(said).toContain("clock serves again"), PATIENT);

  expect(await pidOf("clock")).not.toBe(first);
  expect(said[0]).toBe("clock ended by itself (signal SIGKILL); it starts again in 20 ms");
});

test("a process that dies before it serves fails the start with the end of its output", async () => {
  const broken = { ...server("broken", 1), args: ["-e", "console.error('no such planet'); process.exit(3)"] };
  await expect(supervisor.start(broken)).rejects.toThrow(/broken did not start: exit code 3\n {2}no such planet/);
  expect(supervisor.processes().size).toBe(0);
});

test("reports a process with an invalid configuration at once, and does not restart it", async () => {
  const refusal = `console.error("OAUTH_REDIRECT_URI: must end otherwise"); process.exit(${CONFIGURATION_ERROR_EXIT_CODE})`;
  const refusing = { ...server("portal", 1), args: ["-e", refusal] };
  await expect(supervisor.start(refusing)).rejects.toThrow(
    "portal did not start: it refuses its settings\n  OAUTH_REDIRECT_URI: must end otherwise",
  );

  // Settings of a file may be changed while it runs.
  const port = await findFreePortRange(1);
  await supervisor.start(server("realtime", port, `process.on("SIGTERM", () => { ${refusal} })`));
  const child = await pidOf("realtime");
  process.kill(child, "SIGTERM");
  const told = "realtime is not started again: it refuses its settings\n  OAUTH_REDIRECT_URI: must end otherwise";
  await vi.waitFor(() => expect(said).toContain(told), PATIENT);
  expect(said.filter((line) => line.startsWith("realtime"))).toEqual([told]);
  expect(supervisor.processes().size).toBe(0);
});

test("a program that does not exist fails the start", async () => {
  const missing = { ...server("missing", 1), command: join(folder, "nothing") };
  await expect(supervisor.start(missing)).rejects.toThrow(/missing did not start: could not be run/);
});

test("stop ends processes before servers, and kills one that ignores the signal", async () => {
  const port = await findFreePortRange(2);
  const order: string[] = [];
  const announced = createSupervisor({
    guard,
    log,
    say: () => undefined,
    changed: (processes) => order.push([...processes.keys()].join("+")),
  });
  const last = `process.on("SIGTERM", () => setTimeout(() => process.exit(), 50))`;
  await announced.start({ ...server("database", port, last), tier: "server" });
  await announced.start(server("portal", port + 1, last));
  const pids = [...announced.processes().values()];
  await announced.stop();
  expect(order).toEqual(["database", "database+portal", "database", ""]);
  expect(pids.filter(isAlive)).toEqual([]);
});

test("writes output to a file for each process, and warnings to the terminal", async () => {
  const port = await findFreePortRange(1);
  const lines = [
    { level: 30, msg: "all is well" },
    { level: 50, msg: "it broke", err: { message: "of age" } },
  ];
  const program = lines.map((line) => `console.log(${JSON.stringify(JSON.stringify(line))});`).join("");
  await supervisor.start(server("talker", port, program));
  await expect.poll(() => said).toEqual(["[talker] it broke: of age"]);
  await expect.poll(() => readFileSync(join(folder, "logs/talker.log"), "utf8").split("\n")).toHaveLength(3);
});

test("children of a process end with it", async () => {
  const port = await findFreePortRange(1);
  const grandchild = `const c = require("node:child_process").spawn("sleep", ["600"]); console.log("pid=" + c.pid);`;
  await supervisor.start(server("parent", port, grandchild));
  await expect.poll(() => log.tail("parent")).toMatch(/pid=\d+/);
  const pid = Number(/pid=(\d+)/.exec(log.tail("parent"))?.[1]);
  expect(isAlive(pid)).toBe(true);
  await supervisor.stop();
  await expect.poll(() => isAlive(pid)).toBe(false);
});

test("restarts the guard when it dies, with all groups that it watches", async () => {
  const child = spawn("sleep", ["600"], { detached: true });
  const own = startGuard();
  own.watch(child.pid ?? 0);
  const ended = once(child, "exit");
  await own.release();
  const [, signal] = await ended;
  expect(signal).toBe("SIGTERM");
});
