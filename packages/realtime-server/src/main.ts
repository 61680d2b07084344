import { exitFailedStart } from "@mgs/core/configuration-error";
import { createLogger } from "@mgs/core/logger";
import { createRouteTable } from "@mgs/observability/metrics/route-table";
import { flushReports, startObservability } from "@mgs/observability/start-process";
import manifest from "../package.json" with { type: "json" };
import { createAppsReload } from "./app-sources/apps-reload";
import { readAllApps } from "./app-sources/read-all-apps";
import { createRedisCluster } from "./cluster/redis/redis-cluster";
import { parseCommandLine, USAGE } from "./config/command-line";
import { describeSettings } from "./config/describe-settings";
import { createRestartNotice } from "./config/restart-settings";
import { readSettings, type Settings } from "./config/settings";
import { watchFiles } from "./files/watch-files";
import { defaultLimits } from "./limits";
import { ROUTES, registerRealtimeMetrics, registerWebhookMetrics, registerWriteTimes } from "./metrics";
import { capacity, descriptorLimit } from "./ops/descriptors";
import { createRealtimeServer } from "./server";
import { loadCertificate } from "./tls/certificate";
import { createWebhooks } from "./webhooks/create-webhooks";

/** Time between two polls of the configuration file. */
const FILE_POLL_MS = 2_000;

try {
  await main();
} catch (error) {
  exitFailedStart(error);
}

async function main(): Promise<void> {
  const { kind, configFile } = parseCommandLine(process.argv.slice(2), process.cwd(), process.env);
  if (kind === "help") process.stdout.write(USAGE);
  else if (kind === "version") process.stdout.write(`${manifest.version}\n`);
  else if (kind === "check") await check(readSettings(process.env, configFile));
  else await run(readSettings(process.env, configFile));
}

/** Prints the settings in force. Files and tables that cannot be read are errors, as they are at a start. */
async function check(settings: Settings): Promise<void> {
  for (const warning of settings.warnings) process.stderr.write(`warning: ${warning}\n`);
  const apps = await readAllApps(settings);
  if (settings.tls !== undefined) await loadCertificate(settings.tls);
  const { clients, advice } = capacity(await descriptorLimit(), settings.limits.maxConnections);
  if (advice !== undefined) process.stderr.write(`warning: ${clients} clients fit: ${advice}\n`);
  const limits = { ...settings.limits, maxConnections: clients };
  process.stdout.write(`${JSON.stringify(describeSettings({ ...settings, apps, limits }), null, 2)}\n`);
}

async function run(settings: Settings): Promise<void> {
  const logger = createLogger("realtime-server", settings.logLevel);
  await startObservability("realtime-server", settings.observability, createRouteTable(ROUTES));
  for (const warning of settings.warnings) logger.warn(warning);
  const apps = await readAllApps(settings);
  const openFiles = await descriptorLimit();
  const { clients, advice } = capacity(openFiles, settings.limits.maxConnections);
  if (advice === undefined) logger.info({ openFiles, clients }, "clients that fit");
  else {
    // The default limit is no choice of the operator, so a smaller capacity is no warning.
    const level = settings.limits.maxConnections === defaultLimits.maxConnections ? "info" : "warn";
    logger[level]({ openFiles, clients, advice }, "fewer clients fit than the settings allow");
  }

  const webhooks = createWebhooks({ logger });
  const server = createRealtimeServer({
    apps,
    host: settings.host,
    limits: { ...settings.limits, maxConnections: clients },
    logger,
    metricsToken: settings.metricsToken,
    operations: settings.metrics,
    trustedProxies: settings.trustedProxies,
    tls: settings.tls,
    debug: settings.debug,
    cluster: settings.redis && createRedisCluster({ ...settings.redis, logger }),
    laravel: settings.laravel,
    socketIo: settings.socketIo,
    webhooks,
    onWritten: registerWriteTimes(),
  });
  registerRealtimeMetrics(server);
  registerWebhookMetrics(webhooks);
  const noticeRestart = createRestartNotice(settings, logger);
  const reload = createAppsReload(
    {
      read() {
        const written = readSettings(process.env, settings.configFile);
        noticeRestart(written);
        return readAllApps(written);
      },
      replace: (definitions) => server.replaceApps(definitions),
      logger,
    },
    apps,
  );
  const stopWatching = watchSettings(settings, reload);

  const stop = (signal: NodeJS.Signals): void => {
    logger.info({ signal }, "stopping");
    stopWatching();
    server.close().then(
      () => {
        logger.info("stopped");
        void flushReports().then(() => process.exit(0));
      },
      (error: unknown) => {
        logger.fatal({ err: error }, "stopping failed");
        process.exit(1);
      },
    );
  };
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
  process.on("SIGHUP", () => void Promise.all([reload(), server.reloadCertificate()]));

  await server.listen(settings.port);
  const { port, operationsPort } = server;
  const addresses = { port, host: settings.host ?? "all addresses", ...(operationsPort > 0 ? { operationsPort } : {}) };
  logger.info({ ...addresses, apps: apps.map((app) => app.id), tls: settings.tls !== undefined }, "listening");
}

/** Reloads the apps when the file changes, and those of a database at its interval. */
function watchSettings({ configFile, appsDatabase }: Settings, reload: () => Promise<void>): () => void {
  const stopFile = configFile === undefined ? undefined : watchFiles([configFile], FILE_POLL_MS, () => void reload());
  const timer = appsDatabase && setInterval(() => void reload(), appsDatabase.pollSeconds * 1_000);
  return () => {
    stopFile?.();
    clearInterval(timer);
  };
}
