import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { duration } from "../../scripts/steps.mjs";
import { build, generateClient } from "./build";
import { type GuardedScript, runGuarded } from "./guarded-script";
import { ROOT } from "./paths";
import { runToEnd } from "./run-to-end";
import { createInstallCommands, runQuietly } from "./services/redis-install";
import { createBaseEnvironment } from "./supervisor/service";
import { say } from "./terminal";
import { describeFound, describeMissing, missingPrograms } from "./testing/programs";

const mayInstall = !/^(1|true|yes|on)$/i.test(process.env.MGS_NO_INSTALL ?? "");
const output = (chunk: string) => process.stdout.write(chunk);

type Work = (script: GuardedScript) => Promise<unknown>;

/** One tool, whose own output is shown. */
function tool(name: string, ...args: string[]): Work {
  return ({ guard, signal }) =>
    runToEnd(join(ROOT, "node_modules", ".bin", name), args, {
      cwd: ROOT,
      env: { ...createBaseEnvironment(), CI: "true", NEXT_TELEMETRY_DISABLED: "1", DO_NOT_TRACK: "1" },
      guard,
      signal,
      output,
    });
}

/** Installs what is missing where that works without a password, before hours are spent on anything else. */
async function ensurePrograms(): Promise<void> {
  const missing = await missingPrograms();
  if (missing.length > 0 && mayInstall) {
    const debian = [...new Set(missing.map((program) => program.debian))];
    const brew = [...new Set(missing.flatMap((program) => program.brew ?? []))];
    for (const { command, args } of await createInstallCommands({ debian, brew })) {
      say(`running: ${command} ${args.join(" ")}`);
      await runQuietly(command, args);
    }
  }
  const stillMissing = await missingPrograms();
  if (stillMissing.length > 0) throw new Error(describeMissing(stillMissing));
  say(await describeFound());
}

async function buildAll({ guard, signal }: GuardedScript): Promise<void> {
  const built = await build({ guard, signal, output });
  if (!built) say("nothing has changed");
}

// Named one by one: dependency-cruiser would look for a pattern's folders in every linked package, without an end.
const BROWSER_ROOTS = [
  "apps",
  ...["ui", "i18n", "shell", "realtime"].map((name) => `packages/${name}`),
  ...readdirSync(join(ROOT, "packages"))
    .map((name) => `packages/${name}/src/contract`)
    .filter((folder) => existsSync(join(ROOT, folder))),
];

const STEPS: readonly (readonly [title: string, work: Work])[] = [
  ["Programs", ensurePrograms],
  ["Prisma client", ({ guard, signal }) => generateClient({ guard, signal })],
  ["Lint and format", tool("biome", "check", ".")],
  ["Types", tool("tsc", "--noEmit", "-p", "tsconfig.json")],
  [
    "Boundaries",
    tool("depcruise", "--config", ".dependency-cruiser.mjs", ...["apps", "packages", "tooling", "e2e", "bench"]),
  ],
  ["Boundaries of browser code", tool("depcruise", "--config", ".dependency-cruiser.browser.mjs", ...BROWSER_ROOTS)],
  ["Unit and integration tests", tool("vitest", "run")],
  ["Production build", buildAll],
  ["End-to-end tests", tool("playwright", "test")],
];

await runGuarded(async (script) => {
  const startedAt = performance.now();
  const times: string[] = [];
  for (const [title, work] of STEPS) {
    const stepStartedAt = performance.now();
    if (script.signal.aborted) throw new Error(`${title} was not run: everything is ending`);
    say(`\n▶ ${title}`);
    try {
      await work(script);
    } catch (error) {
      say(`✗ ${title} (${duration(performance.now() - stepStartedAt)})`);
      throw error;
    }
    const line = `✓ ${title} (${duration(performance.now() - stepStartedAt)})`;
    say(line);
    times.push(line);
  }
  say(`\n${times.join("\n")}\n\nEverything passed in ${duration(performance.now() - startedAt)}.`);
});
