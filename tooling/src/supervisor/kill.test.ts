import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { isAlive } from "./orphans";

test("SIGKILL of the supervisor ends every child, also one that does not listen to SIGTERM", async () => {
  const folder = mkdtempSync(join(tmpdir(), "mgs-kill-"));
  const fixture = fileURLToPath(new URL("../testing/supervised-fixture.ts", import.meta.url));
  const supervisor = spawn(process.execPath, ["--import", "tsx", fixture, folder], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = await once(createInterface({ input: supervisor.stdout }), "line");
  const pids: number[] = JSON.parse(String(line));
  expect(pids).toHaveLength(2);
  expect(pids.filter(isAlive)).toHaveLength(2);

  supervisor.kill("SIGKILL");

  await expect.poll(() => pids.filter(isAlive)).toEqual([]);
  await expect.poll(() => existsSync(folder)).toBe(false);
});
