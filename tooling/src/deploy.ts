import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { EnvironmentError } from "@mgs/core/environment";
import { build, generateClient } from "./build";
import { PROCESSES } from "./environment";
import { migrateDatabase } from "./open-database";
import { ROOT } from "./paths";
import { productServices, usesMailbox } from "./processes";
import { resolveSecrets } from "./secrets";
import { readSettings, type Settings } from "./settings";
import { startGuard } from "./supervisor/guard";
import { spawnEnvironment } from "./supervisor/service";
import { fail, say } from "./terminal";

/** The parts of `npm start`, one by one, for service managers and images. They need the company's own servers. */
const USAGE = `usage: npm run deploy -- build           install and build for production
       npm run deploy -- release         check the environment, migrate, register the portals, make a signing key
       npm run deploy -- check           check the environment alone
       node --import tsx tooling/src/deploy.ts run <${PROCESSES.join("|")}>
                                         become one process of the product`;

async function main([action = "", name = ""]: readonly string[]): Promise<void> {
  if (action === "build") return buildAll();
  if (action === "release") return release();
  if (action === "check") return void (await read());
  const process_ = PROCESSES.find((one) => one === name);
  if (action === "run" && process_) return become(process_);
  say(USAGE);
  process.exitCode = action === "--help" ? 0 : 2;
}

async function buildAll(): Promise<void> {
  const guard = startGuard();
  try {
    const output = (chunk: string) => process.stdout.write(chunk);
    await generateClient({ guard });
    say((await build({ guard, output })) ? "built" : "nothing has changed since the last build");
  } finally {
    await guard.release();
  }
}

/** Everything that comes before new processes start; may be repeated, and run by several machines at once. */
async function release(): Promise<void> {
  const { settings, secrets } = await read();
  const databaseUrl = settings.env.DATABASE_URL ?? "";
  const applied = await migrateDatabase(databaseUrl);
  say(applied.length === 0 ? "no migration is pending" : `applied ${applied.join(", ")}`);
  const { prepareIdentity } = await import("./prepare-data");
  await prepareIdentity(databaseUrl, settings, secrets);
  say("portals and signing key are there");
}

/** Replaces this process, so that the service manager's signals and its process id are the process's own. */
async function become(name: (typeof PROCESSES)[number]): Promise<void> {
  const { settings, secrets } = await read();
  const { DATABASE_URL: databaseUrl = "", REDIS_URL: redisUrl = "" } = settings.env;
  const services = productServices(settings, { databaseUrl, redisUrl, secrets, mode: "production" });
  const service = services.find((one) => one.name === name);
  if (!service) throw new Error(`${name} does not run here: PUSHER_HOST or PUSHER_APP_CLUSTER names another server`);
  if (!process.execve) throw new Error("this needs Linux or macOS");
  process.chdir(service.cwd);
  process.execve(service.command, [service.command, ...service.args], spawnEnvironment(service.env));
}

/** @throws EnvironmentError naming every variable that is missing, wrong, or an example's */
async function read(): Promise<{ settings: Settings; secrets: Awaited<ReturnType<typeof resolveSecrets>> }> {
  const settings = readSettings();
  const missing = [
    ...(settings.env.DATABASE_URL === undefined ? ["DATABASE_URL: is required"] : []),
    ...(settings.env.REDIS_URL === undefined ? ["REDIS_URL: is required"] : []),
    ...(usesMailbox(settings) ? ["SMTP_URL: is required where RESEND_API_KEY is not set"] : []),
  ];
  if (missing.length > 0) throw new EnvironmentError(missing);
  return { settings, secrets: await resolveSecrets(settings, await readFile(join(ROOT, ".env.example"), "utf8")) };
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  fail(error);
}
// The channel to what started us is no reason to stay.
process.channel?.unref();
