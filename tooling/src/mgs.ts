import type { Installation } from "@mgs/cli/doctor/installation";
import type { Environment } from "@mgs/core/environment";
import pc from "picocolors";
import { generateClient } from "./build";
import { type CommandDatabase, openCommandDatabase } from "./command-database";
import { pusherVariables } from "./environment";
import { readInstallation } from "./installation";
import { MIGRATIONS } from "./open-database";
import { readSettings } from "./settings";
import { startGuard } from "./supervisor/guard";
import { fail, outliveReaders } from "./terminal";

const guard = startGuard();
let opened: CommandDatabase | undefined;

async function environment(migrated: boolean): Promise<Environment> {
  const settings = readSettings();
  opened ??= await openCommandDatabase(settings, guard, migrated);
  const appSecret = opened.secrets.PUSHER_APP_SECRET ?? settings.source.PUSHER_APP_SECRET ?? "";
  return {
    ...settings.source,
    ...opened.secrets,
    ...pusherVariables({ ...settings, ports: opened.ports }, { PUSHER_APP_SECRET: appSecret }),
    DATABASE_URL: opened.databaseUrl,
    REDIS_URL: opened.redisUrl,
    ADMINISTRATION_URL: settings.urls.administration,
    COMMERCIAL_URL: settings.urls.commercial,
    GESTION_DOSSIER_URL: settings.urls["gestion-dossier"],
  };
}

async function installation(): Promise<Installation> {
  const settings = readSettings();
  opened ??= await openCommandDatabase(settings, guard, false);
  return readInstallation(settings, opened);
}

async function main(): Promise<number> {
  try {
    await generateClient({ guard });
    const { runCli } = await import("@mgs/cli/run-cli");
    return await runCli(process.argv.slice(2), {
      environment,
      installation,
      migrations: MIGRATIONS,
      print: (line) => process.stdout.write(`${line}\n`),
      complain: (line) => process.stderr.write(`${line}\n`),
      colours: pc.isColorSupported && process.stdout.isTTY,
      terminal: process.stderr.isTTY ? process.stderr : null,
      input: process.stdin,
    });
  } catch (error) {
    fail(error);
    return 1;
  } finally {
    await opened?.close();
    await guard.release();
  }
}

outliveReaders();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP", "disconnect"] as const) {
  // The guard ends what was started.
  process.on(signal, () => process.exit(130));
}
process.exitCode = await main();
// The channel to what started us is no reason to stay.
process.channel?.unref();
