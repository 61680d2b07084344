import { readFile } from "node:fs/promises";
import { join } from "node:path";
import pc from "picocolors";
import { step } from "../../scripts/steps.mjs";
import { build, generateClient } from "./build";
import type { Resources } from "./environment";
import { takeLock } from "./file-lock";
import { migrateDatabase } from "./migrations";
import { embeddedLock, openDatabase, openRedis } from "./open-database";
import { ROOT } from "./paths";
import { requireFreePorts } from "./port-check";
import { createProductServices } from "./processes";
import { resolveSecrets } from "./secrets";
import { readSettings, type Settings, usesMailbox } from "./settings";
import { startGuard } from "./supervisor/guard";
import {
  createRecord,
  endOrphans,
  type Instance,
  isStillRunning,
  readInstance,
  removeInstance,
  writeInstance,
} from "./supervisor/instance-file";
import { createLogSink } from "./supervisor/log-sink";
import { createSupervisor } from "./supervisor/supervisor";
import { fail, ignoreClosedOutput, printAlert, say } from "./terminal";
import { formatWelcome } from "./welcome";

/**
 * Runs the whole product until a signal: every server and process, in order, each supervised. `envFile: false` ignores the
 * `.env` of this checkout, for tests. It sets the exit code; after a failure it ends everything that it has started.
 */
export async function launch(
  mode: Resources["mode"],
  options: { envFile: boolean } = { envFile: true },
): Promise<void> {
  const startedAt = performance.now();
  const stopping = new AbortController();
  let settings: Settings;
  try {
    settings = readSettings(process.env, options.envFile ? ROOT : null);
    await claimDataFolder(settings);
  } catch (error) {
    fail(error);
    return;
  }
  const { dataDir, ports, urls } = settings;
  const guard = startGuard();
  const state: Instance = { supervisor: createRecord(process.pid), processes: {}, ports, urls, ready: false };
  const supervisor = createSupervisor({
    guard,
    say,
    log: createLogSink(join(dataDir, "logs"), printAlert),
    changed(processes) {
      state.processes = Object.fromEntries([...processes].map(([name, pid]) => [name, createRecord(pid)]));
      writeInstance(dataDir, state);
    },
  });
  onEnd(() => stopping.abort());
  stopping.signal.addEventListener("abort", () => void supervisor.stop());

  try {
    writeInstance(dataDir, state);
    await step("Ports", () => requireFreePorts(settings));
    const keys = await step("Secrets", async () =>
      resolveSecrets(settings, await readFile(join(ROOT, ".env.example"), "utf8")),
    );
    const databaseUrl = await step("PostgreSQL", async (note) => {
      if (settings.ownDatabase) {
        note("DATABASE_URL");
        return openDatabase(settings, keys, supervisor);
      }
      const waiting = () => note("waiting for a command to let go of it");
      const giveBack = await takeLock(embeddedLock(dataDir), { signal: stopping.signal, waiting });
      note(`embedded, port ${ports.postgres}`);
      return openDatabase(settings, keys, supervisor).finally(giveBack);
    });
    const redisUrl = await step("Redis", async (note) => {
      note(settings.env.REDIS_URL ? "REDIS_URL" : `local, port ${ports.redis}`);
      return openRedis(settings, keys, supervisor, say);
    });
    await step("Prisma client", () => generateClient({ guard, signal: stopping.signal }));
    await step("Migrations", async (note) => {
      const applied = await migrateDatabase(databaseUrl);
      note(applied.length === 0 ? "up to date" : `${applied.length} applied`);
    });
    // Imports the generated client, which exists from here on.
    const { describeSeeded, prepareIdentity, seed } = await import("./prepare-data");
    if (!settings.ownDatabase) {
      await step("Demonstration", async (note) => note(describeSeeded(await seed(databaseUrl, settings))));
    }
    await step("Clients and signing key", () => prepareIdentity(databaseUrl, settings, keys));
    if (mode === "production") {
      await step("Build", async (note) => {
        const built = await build({ guard, signal: stopping.signal });
        if (!built) note("nothing has changed");
      });
    }
    const services = createProductServices(settings, { databaseUrl, redisUrl, secrets: keys, mode });
    await step("Processes", async (note) => {
      const waiting = new Set(services.map(({ name }) => name));
      note(`waiting for ${[...waiting].join(", ")}`);
      await Promise.all(
        services.map(async (service) => {
          await supervisor.start(service);
          waiting.delete(service.name);
          note(waiting.size === 0 ? `${services.length} run` : `waiting for ${[...waiting].join(", ")}`);
        }),
      );
    });
    state.ready = true;
    writeInstance(dataDir, state);
    say(formatWelcome(settings, { mailbox: usesMailbox(settings), milliseconds: performance.now() - startedAt }));
    await waitForAbort(stopping.signal);
    say(pc.dim("ending…"));
  } catch (error) {
    if (!stopping.signal.aborted) fail(error);
    else process.exitCode = 130;
  } finally {
    await supervisor.stop();
    removeInstance(dataDir);
    await guard.release();
  }
  process.exit();
}

/** Ends the processes that a killed run left on the data folder. @throws Error when a run is alive there */
async function claimDataFolder({ dataDir }: Settings): Promise<void> {
  const known = readInstance(dataDir);
  if (known && isStillRunning(known.supervisor)) {
    throw new Error(
      `The product runs already (process ${known.supervisor.pid}): ${Object.values(known.urls).join(", ")}\n` +
        "End it first, or run another beside it: MGS_PORT_BASE=4000 MGS_DATA_DIR=.data-2 npm start",
    );
  }
  const ended = await endOrphans(dataDir);
  if (ended.length > 0) say(pc.dim(`ended what an earlier run had left: ${ended.join(", ")}`));
}

/** Calls `end` once, at the first signal or when the parent process is gone. */
function onEnd(end: () => void): void {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, end);
  process.on("disconnect", end);
  // A closed terminal must not prevent an orderly end.
  ignoreClosedOutput();
}

function waitForAbort(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
