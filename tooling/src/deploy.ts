import { CONFIGURATION_ERROR_EXIT_CODE, ConfigurationError } from "@mgs/core/configuration-error";
import { build, generateClient } from "./build";
import { PROCESSES } from "./environment";
import { createProductServices } from "./processes";
import { readCompanySettings, release } from "./release";
import { listenOnLoopback } from "./settings";
import { startGuard } from "./supervisor/guard";
import { spawnEnvironment } from "./supervisor/service";
import { fail, say } from "./terminal";

/** Runs the parts of `npm start` one by one, for service managers and images. They need the company's own servers. */
const USAGE = `usage: npm run deploy -- build           install and build for production
       npm run deploy -- release         check the environment, migrate, register the portals, make a signing key
       npm run deploy -- check           check the environment alone
       node --import tsx tooling/src/deploy.ts run <${PROCESSES.join("|")}>
                                         become one process of the product`;

async function main([action = "", name = ""]: readonly string[]): Promise<void> {
  if (action === "build") return buildAll();
  if (action === "release") return release();
  if (action === "check") return void (await readCompanySettings());
  const process_ = PROCESSES.find((one) => one === name);
  if (action === "run" && process_) return replaceProcess(process_);
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

/** Replaces this process, so that the service manager signals the process itself. */
async function replaceProcess(name: (typeof PROCESSES)[number]): Promise<void> {
  const { settings: given, secrets } = await readCompanySettings();
  const settings = listenOnLoopback(given);
  const { DATABASE_URL: databaseUrl = "", REDIS_URL: redisUrl = "" } = settings.env;
  const services = createProductServices(settings, { databaseUrl, redisUrl, secrets, mode: "production" });
  const service = services.find((one) => one.name === name);
  if (!service) throw new Error(`${name} does not run here: PUSHER_HOST or PUSHER_APP_CLUSTER names another server`);
  if (!process.execve) throw new Error("this needs Linux or macOS");
  process.chdir(service.cwd);
  process.execve(service.command, [service.command, ...service.args], spawnEnvironment(service.env));
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  fail(error);
  // systemd does not restart a process whose configuration is invalid.
  if (error instanceof ConfigurationError) process.exitCode = CONFIGURATION_ERROR_EXIT_CODE;
}
// The channel to the parent process must not keep this one alive.
process.channel?.unref();
