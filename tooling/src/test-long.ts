import { join } from "node:path";
import { duration } from "../../scripts/steps.mjs";
import { runGuarded } from "./guarded-script";
import { ROOT } from "./paths";
import { runToEnd } from "./run-to-end";
import { createBaseEnvironment } from "./supervisor/service";
import { say } from "./terminal";

/** Tests that run for minutes when `MGS_LONG_TESTS` is set, by Vitest's project. */
const FILES = {
  unit: [
    "packages/realtime-server/src/bad-input/fuzz-frames.test.ts",
    "packages/realtime-server/src/bad-input/fuzz-http.test.ts",
    "packages/realtime-server/src/socket-io/fuzz.test.ts",
    "packages/realtime-server/src/socket-io/fuzz-requests.test.ts",
    "packages/realtime-server/src/order.test.ts",
    "packages/realtime-server/src/churn.test.ts",
  ],
  integration: [
    "packages/oidc/src/attacks/crowd.itest.ts",
    "packages/shell/src/messages/convergence.itest.ts",
    "packages/worker/src/messages-killed.itest.ts",
  ],
};

await runGuarded(async ({ guard, signal }) => {
  const startedAt = performance.now();
  // Files run one after the other, because they measure memory, listeners and times.
  for (const [project, files] of Object.entries(FILES))
    await runToEnd(
      join(ROOT, "node_modules", ".bin", "vitest"),
      ["run", "--project", project, "--no-file-parallelism", ...files],
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
