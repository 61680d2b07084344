import { globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { expect, test } from "vitest";
import { ROOT } from "../paths";
import {
  describeMissing,
  missingPrograms,
  OPTIONAL_TEST_PROGRAMS,
  requireProgram,
  SYSTEM_PROGRAMS,
  TEST_PROGRAMS,
} from "./programs";
import { findProgramCalls } from "./run-programs";

const SOURCES = globSync(
  ["packages/*/src/**/*.{ts,tsx}", "apps/*/src/**/*.{ts,tsx}", "tooling/src/**/*.ts", "e2e/**/*.ts"],
  {
    cwd: ROOT,
    // `npm run test:deploy` installs by a list of its own, of what only a Debian has.
    exclude: ["tooling/src/deploy-test/**"],
  },
);

/** Files that start a program which their callers name: it is in the list, or one of our own. */
const START_WHAT_THEY_ARE_GIVEN = [
  "e2e/support/apache.ts",
  "packages/db/src/backup/pg-dump.itest.ts",
  "packages/db/src/backup/pg-tools.ts",
  "packages/db/src/testing/system-server.ts",
  "packages/documents/src/scan/clamd.itest.ts",
  "packages/jobs/src/testing/redis-server.ts",
  "packages/realtime-server/src/cluster/redis/plain-pub-sub.itest.ts",
  "packages/realtime-server/src/cluster/redis/topologies.itest.ts",
  "packages/realtime-server/src/testing/server-process.ts",
  "tooling/src/realtime-package.test.ts",
  "tooling/src/run-to-end.ts",
  "tooling/src/services/postgres-user.ts",
  "tooling/src/services/postgres.ts",
  "tooling/src/services/redis-install.ts",
  "tooling/src/supervisor/supervisor.ts",
  "tooling/src/testing/nginx.ts",
  "tooling/src/testing/proxies.ts",
];

const KNOWN = new Set([
  ...TEST_PROGRAMS.flatMap(({ names }) => names),
  ...Object.keys(OPTIONAL_TEST_PROGRAMS),
  ...SYSTEM_PROGRAMS,
]);

test("every program that a source starts is in the list that `npm test` checks first", () => {
  const calls = SOURCES.flatMap((file) =>
    findProgramCalls(file, readFileSync(join(ROOT, file), "utf8")).map((call) => ({ file, ...call })),
  );
  const unknown = calls.filter(({ file, program }) =>
    program === null ? !START_WHAT_THEY_ARE_GIVEN.includes(file) : !KNOWN.has(basename(program)),
  );
  expect(unknown).toEqual([]);
  // Nothing is in it that no source starts any more.
  const nameless = new Set(calls.filter(({ program }) => program === null).map(({ file }) => file));
  expect(START_WHAT_THEY_ARE_GIVEN.filter((file) => !nameless.has(file))).toEqual([]);
});

test("finds a program in calls of every function, renamed, promisified, or over several lines", () => {
  const text = `
    import { type ChildProcess, execFile, execFileSync as ask, fork, spawn } from "node:child_process";
    const run = promisify(execFile);
    spawn("nmap", []); ask("/usr/bin/dig"); await run("curl", ["-s"]);
    await promisify(execFile)(
      "wget",
    );
    spawn(process.execPath, []); fork("x.js"); /x/.exec("no"); other.spawn("no");
    spawn(command, args);`;
  expect(findProgramCalls("x.ts", text)).toEqual([
    { line: 4, program: "nmap" },
    { line: 4, program: "/usr/bin/dig" },
    { line: 4, program: "curl" },
    { line: 5, program: "wget" },
    { line: 9, program: null },
  ]);
  expect(() => findProgramCalls("x.ts", 'const { spawn } = await import("node:child_process");')).toThrow(/x\.ts/);
  expect(() => findProgramCalls("x.ts", 'import * as all from "node:child_process";')).toThrow(/by their names/);
});

test("reports missing programs with the ways to install them", async () => {
  const missing = { names: ["x-server", "y-server"], stages: ["integration"], debian: "x", brew: "x-mac" } as const;
  const elsewhere = { names: ["z"], stages: ["e2e"], debian: "z", elsewhere: "npx get z" } as const;
  expect(await missingPrograms([missing, elsewhere])).toEqual([missing, elsewhere]);
  expect(describeMissing([missing, elsewhere])).toBe(
    [
      "x-server or y-server is missing: tests need it (integration)",
      "z is missing: tests need it (e2e)",
      "Ways to get what is missing:",
      "  Debian, Ubuntu:  sudo apt-get install x z",
      "  macOS:           brew install x-mac",
      "  z, anywhere: npx get z",
    ].join("\n"),
  );
  await expect(requireProgram("x-server")).rejects.toThrow(/x-server is not in TEST_PROGRAMS/);
});
