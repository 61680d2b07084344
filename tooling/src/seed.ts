import { createInterface } from "node:readline/promises";
import { parseArgs } from "node:util";
import { parseServerUrl } from "@mgs/core/url-variables";
import { step } from "../../scripts/steps.mjs";
import { generateClient } from "./build";
import { openCommandDatabase } from "./command-database";
import { migrateDatabase } from "./migrations";
import type { SeedSize } from "./prepare-data";
import { readSettings, type Settings } from "./settings";
import { startGuard } from "./supervisor/guard";
import { fail } from "./terminal";

const USAGE = `npm run seed -- [--size demonstration|large] [--yes]

Adds the demonstration: 43 accounts, and 600 dossiers of two years where there are none. With --size large it makes
1,000,000 dossiers with 5,000,000 comments of them, for measures: take a data folder of its own (MGS_DATA_DIR=.data-large).`;

const SIZES: readonly SeedSize[] = ["demonstration", "large"];

const guard = startGuard();

/** Reads the command's options. @throws Error */
function readOptions(): { size: SeedSize; yes: boolean; help: boolean } {
  const { values } = parseArgs({
    options: {
      size: { type: "string", default: "demonstration" },
      yes: { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  const size = SIZES.find((known) => known === values.size);
  if (!size) throw new Error(`there is no size "${values.size}"\n\n${USAGE}`);
  return { size, yes: values.yes, help: values.help };
}

/** Asks whether to add the demonstration accounts, since their password is public. */
async function confirmSeed(settings: Settings, yes: boolean): Promise<boolean> {
  if (!settings.ownDatabase || yes) return true;
  const { host, pathname } = parseServerUrl(settings.env.DATABASE_URL ?? "") ?? { host: "", pathname: "" };
  const question = `Add 43 demonstration accounts, whose password is public, and 600 dossiers to ${host}${pathname}?`;
  if (!process.stdin.isTTY) throw new Error(`${question}\nNobody is there to ask: say --yes.`);
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return /^y(es)?$/i.test((await terminal.question(`${question} [y/N] `)).trim());
  } finally {
    terminal.close();
  }
}

async function main(): Promise<void> {
  const { size, yes, help } = readOptions();
  if (help) {
    process.stdout.write(`${USAGE}\n`);
    return;
  }
  const settings = readSettings();
  if (!(await confirmSeed(settings, yes))) {
    process.stdout.write("Nothing was changed.\n");
    process.exitCode = 1;
    return;
  }
  await generateClient({ guard });
  const { describeSeeded, seed } = await import("./prepare-data");
  const opened = await step("PostgreSQL", () => openCommandDatabase(settings, guard, true));
  try {
    if (settings.ownDatabase) await step("Migrations", () => migrateDatabase(opened.databaseUrl));
    await step("Demonstration", async (note) =>
      note(describeSeeded(await seed(opened.databaseUrl, settings, { size, note }))),
    );
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
