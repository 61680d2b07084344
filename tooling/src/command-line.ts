import type { Installation } from "@mgs/cli/doctor/installation";
import { runCli } from "@mgs/cli/run-cli";
import type { Environment } from "@mgs/core/environment";
import pc from "picocolors";
import type { CommandDatabase } from "./company-database";
import { createPusherVariables } from "./environment";
import { readInstallation } from "./installation";
import { MIGRATIONS } from "./migrations";
import { readSettings, type Settings } from "./settings";
import { fail } from "./terminal";

/** Opens the product's database when a command first needs it. @param migrated whether an embedded one is migrated */
export type OpenDatabase = (settings: Settings, migrated: boolean) => Promise<CommandDatabase>;

/** Runs one command of the command line. Resolves to its exit code. */
export async function runCommandLine(args: readonly string[], open: OpenDatabase): Promise<number> {
  let opened: CommandDatabase | undefined;

  async function environment(migrated: boolean): Promise<Environment> {
    const settings = readSettings();
    opened ??= await open(settings, migrated);
    const appSecret = opened.secrets.PUSHER_APP_SECRET ?? settings.source.PUSHER_APP_SECRET ?? "";
    return {
      ...settings.source,
      ...opened.secrets,
      ...createPusherVariables({ ...settings, ports: opened.ports }, { PUSHER_APP_SECRET: appSecret }),
      DATABASE_URL: opened.databaseUrl,
      REDIS_URL: opened.redisUrl,
      ADMINISTRATION_URL: settings.urls.administration,
      COMMERCIAL_URL: settings.urls.commercial,
      GESTION_DOSSIER_URL: settings.urls["gestion-dossier"],
    };
  }

  async function installation(): Promise<Installation> {
    const settings = readSettings();
    opened ??= await open(settings, false);
    return readInstallation(settings, opened);
  }

  try {
    return await runCli(args, {
      environment,
      isDatabaseEmbedded: () => readSettings().env.DATABASE_URL === undefined,
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
  }
}
