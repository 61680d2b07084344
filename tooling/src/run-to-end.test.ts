import { afterAll, expect, test } from "vitest";
import { runToEnd } from "./run-to-end";
import { startGuard } from "./supervisor/guard";

const guard = startGuard();
afterAll(() => guard.release());

const node = (program: string, signal?: AbortSignal, output?: (chunk: string) => void) =>
  runToEnd(process.execPath, ["-e", program], { cwd: "/", env: {}, guard, signal, ...(output ? { output } : {}) });

test("resolves for exit code 0, and passes the output on", async () => {
  let shown = "";
  await node("console.log('done')", undefined, (chunk) => {
    shown += chunk;
  });
  expect(shown).toBe("done\n");
});

test("throws the output for another exit code", async () => {
  await expect(node("console.error('no room'); process.exit(4)")).rejects.toThrow(/no room/);
});

test("fails when the program is interrupted, also with exit code 0", async () => {
  const stopping = new AbortController();
  const polite = "process.on('SIGTERM', () => process.exit(0)); setInterval(() => {}, 1000); console.log('up')";
  await expect(node(polite, stopping.signal, () => stopping.abort())).rejects.toThrow(/was interrupted/);
  await expect(node("0", stopping.signal)).rejects.toThrow(/was not run/);
});
