import { join } from "node:path";
import { duration } from "../../scripts/steps.mjs";
import { ROOT } from "./paths";
import { runToEnd } from "./run-to-end";
import { startGuard } from "./supervisor/guard";
import { baseEnvironment } from "./supervisor/service";
import { fail, say } from "./terminal";

/** Tests that take minutes when they are told to: each reads `MGS_LONG_TESTS` by itself. */
const FILES = [
  "packages/realtime-server/src/bad-input/fuzz-frames.test.ts",
  "packages/realtime-server/src/bad-input/fuzz-http.test.ts",
  "packages/realtime-server/src/order.test.ts",
  "packages/realtime-server/src/churn.test.ts",
];

const guard = startGuard();
const stopping = new AbortController();

async function main(): Promise<void> {
  const startedAt = performance.now();
  // One file after the other: memory and listeners are measured.
  await runToEnd(
    join(ROOT, "node_modules", ".bin", "vitest"),
    ["run", "--project", "unit", "--no-file-parallelism", ...FILES],
    {
      cwd: ROOT,
      env: { ...baseEnvironment(), CI: "true", MGS_LONG_TESTS: "1" },
      guard,
      signal: stopping.signal,
      output: (chunk) => process.stdout.write(chunk),
    },
  );
  say(`Everything passed in ${duration(performance.now() - startedAt)}.`);
}

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP", "disconnect"] as const) process.on(signal, () => stopping.abort());
// The channel to what started us is no reason to stay.
process.channel?.unref();
try {
  await main();
} catch (error) {
  fail(error);
} finally {
  await guard.release();
}
