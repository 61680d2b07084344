import { findExecutable } from "../services/executables";
import { REDIS_PROGRAMS } from "../services/redis";

/** Stages of `npm test`: Vitest's two projects, and Playwright. */
export type TestStage = "unit" | "integration" | "e2e";

type Program = {
  /** Alternative names of the program. */
  names: readonly [string, ...string[]];
  stages: readonly TestStage[];
  /** Packages with the program, by package manager. */
  debian: string;
  brew?: string;
  /** Another way to install it. */
  elsewhere?: string;
  /** Finds it when it may be in another place than the PATH. */
  find?: () => Promise<string | null>;
};

const ALL: readonly TestStage[] = ["unit", "integration", "e2e"];

/** Programs that tests require. `npm test` first installs missing ones, when that is allowed. */
export const TEST_PROGRAMS: readonly Program[] = [
  { names: REDIS_PROGRAMS, stages: ["integration", "e2e"], debian: "redis-server", brew: "redis" },
  { names: ["nginx"], stages: ["integration", "e2e"], debian: "nginx", brew: "nginx" },
  { names: ["openssl"], stages: ALL, debian: "openssl", brew: "openssl" },
  {
    names: ["chromium"],
    stages: ["integration", "e2e"],
    debian: "chromium",
    elsewhere: "npx playwright install chromium",
    // Playwright takes half a second to load, so only tests with a browser load it.
    find: async () => (await import("./browser")).findBrowser(),
  },
  { names: ["bash"], stages: ["unit"], debian: "bash", brew: "bash" },
  { names: ["npm"], stages: ["unit"], debian: "npm", brew: "node", elsewhere: "https://nodejs.org" },
  { names: ["npx"], stages: ["unit"], debian: "npm", brew: "node", elsewhere: "https://nodejs.org" },
];

/** Optional programs, and the tests that are skipped without them. */
export const OPTIONAL_TEST_PROGRAMS: Readonly<Record<string, string>> = {
  haproxy: "the HAProxy configuration of docs/operations.md",
  caddy: "the Caddy configurations of docs/operations.md and deploy/caddy",
  "systemd-analyze": "what systemd says of the units in deploy/systemd",
  apache2: "Apache's mod_auth_openidc as a relying party",
  pg_dump: "backups by PostgreSQL's own programs",
  pg_restore: "restoring them",
  psql: "restoring them",
  clamd: "what ClamAV's daemon says of documents",
};

/**
 * Programs of every system, which need no installation; `useradd` and `setpriv` for root on Linux; `ps` and `lsof` without
 * /proc.
 */
export const SYSTEM_PROGRAMS: readonly string[] = [
  "sh",
  "cp",
  "id",
  "sleep",
  "node",
  "useradd",
  "setpriv",
  "ps",
  "lsof",
];

/** Finds a test's program. @throws Error with its name and the ways to install it */
export async function requireProgram(name: string): Promise<string> {
  const program = TEST_PROGRAMS.find(({ names }) => names.includes(name));
  if (!program) throw new Error(`${name} is not in TEST_PROGRAMS (tooling/src/testing/programs.ts)`);
  const found = await locate(program);
  if (found === null) throw new Error(describeMissing([program]));
  return found;
}

/** Requires a stage's programs. @throws Error that lists every missing program and the ways to install it */
export async function requirePrograms(stage: TestStage): Promise<void> {
  const missing = await missingPrograms(TEST_PROGRAMS.filter(({ stages }) => stages.includes(stage)));
  if (missing.length > 0) throw new Error(describeMissing(missing));
}

export async function missingPrograms(programs: readonly Program[] = TEST_PROGRAMS): Promise<Program[]> {
  const found = await Promise.all(programs.map(locate));
  return programs.filter((_, index) => found[index] === null);
}

/** Describes each missing program in a line, with the ways to install it. */
export function describeMissing(programs: readonly Program[]): string {
  const unique = (packages: (string | undefined)[]) => [...new Set(packages.filter((one) => one !== undefined))];
  const [debian, brew] = [unique(programs.map((one) => one.debian)), unique(programs.map((one) => one.brew))];
  return [
    ...programs.map(({ names, stages }) => `${names.join(" or ")} is missing: tests need it (${stages.join(", ")})`),
    "Ways to get what is missing:",
    `  Debian, Ubuntu:  sudo apt-get install ${debian.join(" ")}`,
    ...(brew.length > 0 ? [`  macOS:           brew install ${brew.join(" ")}`] : []),
    ...programs.flatMap(({ names, elsewhere }) => (elsewhere ? [`  ${names[0]}, anywhere: ${elsewhere}`] : [])),
  ].join("\n");
}

/** Describes the path of each program of the tests, and the tests that are skipped without an optional one. */
export async function describeFound(): Promise<string> {
  const found = await Promise.all(TEST_PROGRAMS.map(locate));
  const absent = Object.entries(OPTIONAL_TEST_PROGRAMS).filter(([name]) => findExecutable([name]) === null);
  return [
    found.filter((path) => path !== null).join(" "),
    ...absent.map(([name, what]) => `${name} is not installed: ${what} will not be tested`),
  ].join("\n");
}

function locate({ names, find }: Program): Promise<string | null> | string | null {
  return find ? find() : findExecutable(names);
}
