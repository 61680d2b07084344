import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { CONFIGURATION_ERROR_EXIT_CODE } from "@mgs/core/configuration-error";
import { expect, it, onTestFinished } from "vitest";
import { RawClient } from "./testing/raw-client";
import { APP, createPublisher } from "./testing/start-server";

const VALID = { PUSHER_APP_ID: APP.id, PUSHER_APP_KEY: APP.key, PUSHER_APP_SECRET: APP.secret, REALTIME_PORT: "0" };

function start(env: Record<string, string>): ChildProcess {
  const child = spawn(process.execPath, ["--import", "tsx", fileURLToPath(new URL("main.ts", import.meta.url))], {
    env: { PATH: process.env.PATH, NODE_ENV: "test", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  return child;
}

async function text(stream: NodeJS.ReadableStream | null): Promise<string> {
  let all = "";
  for await (const chunk of stream ?? []) all += String(chunk);
  return all;
}

it("the process serves, reveals no secret, and leaves cleanly on SIGTERM", async () => {
  const child = start({ ...VALID, LOG_LEVEL: "trace" });
  const lines: string[] = [];
  const port = await new Promise<number>((resolve) => {
    createInterface({ input: child.stdout ?? process.stdin }).on("line", (line) => {
      lines.push(line);
      const entry: { msg: string; port: number } = JSON.parse(line);
      if (entry.msg === "listening") resolve(entry.port);
    });
  });
  const client = await RawClient.connect(port);
  await client.join("private-a");
  await createPublisher(APP, port).trigger("private-a", "created", {});
  await client.next("created");
  const exited = once(child, "exit");
  child.kill("SIGTERM");
  expect((await client.closed).code).toBe(4200);
  expect(await exited).toEqual([0, null]);
  expect(lines.join("\n")).not.toMatch(new RegExp(`${APP.secret}|auth_signature|[0-9a-f]{64}`));
}, 60_000);

it("a wrong environment is one list of all that is wrong, without values", async () => {
  const child = start({ PUSHER_APP_SECRET: "hidden", REALTIME_PORT: "99999", LOG_LEVEL: "loud" });
  const [errors, [code]] = await Promise.all([text(child.stderr), once(child, "exit")]);
  expect(code).toBe(CONFIGURATION_ERROR_EXIT_CODE);
  for (const name of ["PUSHER_APP_ID", "PUSHER_APP_KEY", "REALTIME_PORT", "LOG_LEVEL"]) expect(errors).toContain(name);
  expect(errors).not.toContain("hidden");
}, 60_000);

it("the process ends in order when its log has no reader any more", async () => {
  const child = start(VALID);
  // Not at the first line: a signal before its handler is set ends a process at once.
  await new Promise<void>((resolve) => {
    createInterface({ input: child.stdout ?? process.stdin }).on("line", (line) => {
      if (line.includes('"listening"')) resolve();
    });
  });
  const exited = once(child, "exit");
  child.stdout?.destroy();
  child.stderr?.destroy();
  child.kill("SIGTERM");
  expect(await exited).toEqual([0, null]);
}, 60_000);
