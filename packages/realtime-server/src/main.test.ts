import { once } from "node:events";
import { createInterface } from "node:readline";
import { expect, it } from "vitest";
import { RawClient } from "./testing/raw-client";
import { spawnProcess, untilListening, VALID } from "./testing/start-process";
import { APP, createPublisher } from "./testing/start-server";

async function text(stream: NodeJS.ReadableStream | null): Promise<string> {
  let all = "";
  for await (const chunk of stream ?? []) all += String(chunk);
  return all;
}

it("the process serves, tells nothing secret, and leaves cleanly on SIGTERM", async () => {
  const child = spawnProcess({ ...VALID, LOG_LEVEL: "trace" });
  const lines: string[] = [];
  const port = await untilListening(child, (line) => lines.push(line));
  const client = await RawClient.connect(port);
  await client.join("private-a");
  await createPublisher(APP, port).trigger("private-a", "created", {});
  await client.next("created");
  const exited = once(child, "exit");
  child.kill("SIGTERM");
  expect((await client.closed).code).toBe(4200);
  expect(await exited).toEqual([0, null]);
  expect(lines.join("\n")).not.toMatch(new RegExp(`${APP.secret}|auth_signature|[0-9a-f]{64}`));
}, 30_000);

it("a wrong environment is one list of all that is wrong, without values", async () => {
  const child = spawnProcess({ PUSHER_APP_SECRET: "hidden", REALTIME_PORT: "99999", LOG_LEVEL: "loud" });
  const [errors, [code]] = await Promise.all([text(child.stderr), once(child, "exit")]);
  expect(code).toBe(1);
  for (const name of ["PUSHER_APP_ID", "PUSHER_APP_KEY", "REALTIME_PORT", "LOG_LEVEL"]) expect(errors).toContain(name);
  expect(errors).not.toContain("hidden");
}, 30_000);

it("the process ends in peace when nobody reads its log any more", async () => {
  const child = spawnProcess(VALID);
  await new Promise<void>((resolve) => {
    createInterface({ input: child.stdout ?? process.stdin }).once("line", () => resolve());
  });
  const exited = once(child, "exit");
  child.stdout?.destroy();
  child.stderr?.destroy();
  child.kill("SIGTERM");
  expect(await exited).toEqual([0, null]);
});
