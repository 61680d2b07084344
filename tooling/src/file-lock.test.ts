import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { takeLock } from "./file-lock";

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "mgs-lock-"));
  file = join(folder, "run", "some.lock");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("a second process gets the lock when the first releases it", async () => {
  const order: string[] = [];
  const release = await takeLock(file);
  const waiting = vi.fn();
  const next = takeLock(file, { waiting }).then((giveBack) => {
    order.push("next");
    giveBack();
  });
  await vi.waitFor(() => expect(waiting).toHaveBeenCalledOnce());
  order.push("first");
  release();
  await next;
  expect(order).toEqual(["first", "next"]);
});

test("a waiting process can abort", async () => {
  const release = await takeLock(file);
  const stopping = new AbortController();
  const next = takeLock(file, { signal: stopping.signal, waiting: () => stopping.abort() });
  await expect(next).rejects.toThrow("aborted");
  release();
});

test("a lock whose holder has ended is free", async () => {
  (await takeLock(file))();
  const gone = execFileSync(process.execPath, ["-p", "process.pid"], { encoding: "utf8" }).trim();
  writeFileSync(file, `${gone} some-boot/1`);
  const release = await takeLock(file);
  release();
});
