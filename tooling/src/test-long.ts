import { join } from "node:path";
import { duration } from "../../scripts/steps.mjs";
import { runGuarded } from "./guarded-script";
import { ROOT } from "./paths";
import { runToEnd } from "./run-to-end";
import { createBaseEnvironment } from "./supervisor/service";
import { say } from "./terminal";

/** Tests that run for minutes when `MGS_LONG_TESTS` is set. */
const FILES = [
  "packages/realtime-server/src/bad-input/fuzz-frames.test.ts",
  "packages/realtime-server/src/bad-input/fuzz-http.test.ts",
  "packages/realtime-server/src/order.test.ts",
  "packages/realtime-server/src/churn.test.ts",
];

await runGuarded(async ({ guard, signal }) => {
  const startedAt = performance.now();
  // Files run one after the other, because they measure memory and listeners.
  await runToEnd(
    join(ROOT, "node_modules", ".bin", "vitest"),
    ["run", "--project", "unit", "--no-file-parallelism", ...FILES],
    {
      cwd: ROOT,
      env: { ...createBaseEnvironment(), CI: "true", MGS_LONG_TESTS: "1" },
      guard,
      signal,
      output: (chunk) => process.stdout.write(chunk),
    },
  );
  say(`Everything passed in ${duration(performance.now() - startedAt)}.`);
});
