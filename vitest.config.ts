import { availableParallelism } from "node:os";
import { configDefaults, defineConfig } from "vitest/config";

const roots = ["packages/*/src", "apps/*/src", "tooling/src"];
const files = (suffix: string) => roots.map((root) => `${root}/**/*.${suffix}.{ts,tsx}`);
const exclude = [...configDefaults.exclude, "**/.next/**", "**/.data/**"];

/**
 * `unit` needs no server; `integration` gets a PostgreSQL and a Redis of its own. Their setups refuse at once when a
 * program is missing.
 */
export default defineConfig({
  test: {
    // Bounds for what has gone wrong, wide enough for a busy machine that stands still for seconds: what is well is over
    // as soon as it is so.
    testTimeout: 60_000,
    // Files wait for servers more than they compute: with one worker less than cores, a small machine would run one file at a time.
    maxWorkers: availableParallelism(),
    hookTimeout: 120_000,
    expect: { poll: { timeout: 20_000 } },
    projects: [
      {
        extends: true,
        test: { name: "unit", include: files("test"), exclude, globalSetup: ["tooling/src/testing/unit-setup.ts"] },
      },
      {
        extends: true,
        test: {
          name: "integration",
          include: files("itest"),
          exclude,
          globalSetup: ["tooling/src/testing/global-setup.ts"],
          testTimeout: 120_000,
        },
      },
    ],
  },
});
