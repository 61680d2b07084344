import { configDefaults, defineConfig } from "vitest/config";

const roots = ["packages/*/src", "apps/*/src", "tooling/src"];
const files = (suffix: string) => roots.map((root) => `${root}/**/*.${suffix}.{ts,tsx}`);
const exclude = [...configDefaults.exclude, "**/.next/**", "**/.data/**"];

/** `unit` needs nothing; `integration` gets a PostgreSQL and a Redis of its own (see its global setup). */
export default defineConfig({
  test: {
    testTimeout: 20_000,
    hookTimeout: 30_000,
    // A second, which is the default, is less than a machine under load may hold a process up.
    expect: { poll: { timeout: 15_000 } },
    projects: [
      { extends: true, test: { name: "unit", include: files("test"), exclude } },
      {
        extends: true,
        test: {
          name: "integration",
          include: files("itest"),
          exclude,
          globalSetup: ["tooling/src/testing/global-setup.ts"],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
