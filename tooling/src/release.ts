import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { EnvironmentError } from "@mgs/core/environment";
import { migrateDatabase } from "./migrations";
import { ROOT } from "./paths";
import { resolveSecrets } from "./secrets";
import { readSettings, type Settings, usesMailbox } from "./settings";
import { say } from "./terminal";

/** Prepares the database before new processes start. It may be repeated, and several machines may run it at the same time. */
export async function release(): Promise<void> {
  const { settings, secrets } = await readCompanySettings();
  const databaseUrl = settings.env.DATABASE_URL ?? "";
  const applied = await migrateDatabase(databaseUrl);
  say(applied.length === 0 ? "no migration is pending" : `applied ${applied.join(", ")}`);
  // Imports the generated client, which a checkout has after its build.
  const { prepareIdentity } = await import("./prepare-data");
  await prepareIdentity(databaseUrl, settings, secrets);
  say("portals and signing key are there");
}

/**
 * Reads the settings of a run with the company's own servers.
 * @throws EnvironmentError that lists every variable that is missing, invalid, or an example's value
 */
export async function readCompanySettings(): Promise<{
  settings: Settings;
  secrets: Awaited<ReturnType<typeof resolveSecrets>>;
}> {
  const settings = readSettings();
  const missing = [
    ...(settings.env.DATABASE_URL === undefined ? ["DATABASE_URL: is required"] : []),
    ...(settings.env.REDIS_URL === undefined ? ["REDIS_URL: is required"] : []),
    ...(usesMailbox(settings) ? ["SMTP_URL: is required where RESEND_API_KEY is not set"] : []),
  ];
  if (missing.length > 0) throw new EnvironmentError(missing);
  return { settings, secrets: await resolveSecrets(settings, await readFile(join(ROOT, ".env.example"), "utf8")) };
}
