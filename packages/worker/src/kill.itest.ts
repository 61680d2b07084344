import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { buffer } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { startTestSmtp } from "@mgs/email/testing/smtp-server";
import PostalMime from "postal-mime";
import { afterAll, beforeAll, expect, it } from "vitest";
import { countStates, createStage, type Stage } from "./testing/stage";

const folder = fileURLToPath(new URL("..", import.meta.url));
const bundle = "node_modules/.cache/kill-test/main.js";
let stage: Stage;
const children: ChildProcess[] = [];

beforeAll(async () => {
  const thread = ["src/mail-thread.ts", bundle.replace("main", "mail-thread")];
  await promisify(execFile)(process.execPath, ["../../scripts/bundle.mjs", "src/main.ts", bundle, ...thread], {
    cwd: folder,
  });
  stage = await createStage();
});
afterAll(async () => {
  for (const child of children) child.kill("SIGKILL");
  await stage.close();
});

function startProcess(smtpUrl: string): ChildProcess {
  const env = { ...stage.environment(smtpUrl), LOG_LEVEL: "info" };
  const child = spawn(process.execPath, [bundle], { cwd: folder, env, stdio: ["ignore", "pipe", "inherit"] });
  children.push(child);
  child.stdout?.resume();
  return child;
}

it("loses no notification when the worker is killed, and its successor stops cleanly on SIGTERM", async () => {
  const total = 200;
  const killAfter = 60;
  const messageIds: string[] = [];
  const midway = Promise.withResolvers<void>();
  const smtp = await startTestSmtp({
    onData(stream, _session, done) {
      buffer(stream)
        .then((bytes) => PostalMime.parse(bytes))
        .then(({ messageId }) => {
          messageIds.push(messageId ?? "");
          if (messageIds.length === killAfter) midway.resolve();
          done();
        }, done);
    },
  });
  await stage.enqueue(await stage.accept(total));

  const first = startProcess(smtp.url);
  await midway.promise;
  const killed = once(first, "exit");
  first.kill("SIGKILL");
  await killed;
  const { sent = 0 } = await countStates(stage);
  expect(sent).toBeLessThan(2 * total);

  const second = startProcess(smtp.url);
  await expect.poll(() => countStates(stage), { timeout: 120_000, interval: 200 }).toEqual({ sent: 2 * total });

  expect(new Set(messageIds).size).toBe(total);
  // Delivery is at least once: only mails that were sent and not yet marked as sent came twice.
  expect(messageIds.length - total).toBeLessThanOrEqual(10);
  const rows = await stage.test.database.outbox.findMany({ select: { attempts: true } });
  expect(Math.max(...rows.map(({ attempts }) => attempts))).toBeLessThanOrEqual(2);

  const left = once(second, "exit");
  second.kill("SIGTERM");
  expect(await left).toEqual([0, null]);
  await smtp.close();
}, 240_000);
