import { createInterface } from "node:readline/promises";
import { parseServerUrl } from "@mgs/core/url-variables";
import { step } from "../../scripts/steps.mjs";
import { generateClient } from "./build";
import { openCommandDatabase } from "./command-database";
import { migrateDatabase } from "./migrations";
import { readSettings, type Settings } from "./settings";
import { startGuard } from "./supervisor/guard";
import { fail } from "./terminal";

const guard = startGuard();

/** Asks whether to add the demonstration accounts, since their password is public. */
async function confirmSeed(settings: Settings): Promise<boolean> {
  if (!settings.ownDatabase || process.argv.includes("--yes")) return true;
  const { host, pathname } = parseServerUrl(settings.env.DATABASE_URL ?? "") ?? { host: "", pathname: "" };
  const question = `Add 43 demonstration accounts, whose password is public, to ${host}${pathname}?`;
  if (!process.stdin.isTTY) throw new Error(`${question}\nNobody is there to ask: say --yes.`);
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return /^y(es)?$/i.test((await terminal.question(`${question} [y/N] `)).trim());
  } finally {
    terminal.close();
  }
}

async function main(): Promise<void> {
  const settings = readSettings();
  if (!(await confirmSeed(settings))) {
    process.stdout.write("Nothing was changed.\n");
    process.exitCode = 1;
    return;
  }
  await generateClient({ guard });
  const { seed } = await import("./prepare-data");
  const opened = await step("PostgreSQL", () => openCommandDatabase(settings, guard, true));
  try {
    if (settings.ownDatabase) await step("Migrations", () => migrateDatabase(opened.databaseUrl));
    await step("Demonstration accounts", async (note) => {
      const added = await seed(opened.databaseUrl);
      note(added === 0 ? "all there" : `${added} added`);
    });
  } finally {
    await opened.close();
  }
}

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP", "disconnect"] as const) {
  // The guard ends what was started.
  process.on(signal, () => process.exit(130));
}
try {
  await main();
} catch (error) {
  fail(error);
} finally {
  await guard.release();
}
// The channel to the parent process must not keep this one alive.
process.channel?.unref();
