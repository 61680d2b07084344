import { EnvironmentError } from "@mgs/core/environment";
import { createLogger } from "@mgs/core/logger";
import { createRouteTable } from "@mgs/observability/metrics/route-table";
import { flushReports, startObservability } from "@mgs/observability/start-process";
import { readEnv } from "./env";
import { ROUTES, registerRealtimeMetrics } from "./metrics";
import { createRealtimeServer } from "./server";

try {
  await main();
} catch (error) {
  process.stderr.write(`${error instanceof EnvironmentError ? error.message : String(error)}\n`);
  process.exit(1);
}

async function main(): Promise<void> {
  const env = readEnv(process.env);
  const logger = createLogger("realtime-server", env.logLevel);
  await startObservability("realtime-server", env.observability, createRouteTable(ROUTES));
  const { apps, host, limits } = env;
  const server = createRealtimeServer({ apps, host, limits, logger, metricsToken: env.observability.METRICS_TOKEN });
  registerRealtimeMetrics(server);

  const stop = (signal: NodeJS.Signals): void => {
    logger.info({ signal }, "stopping");
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

  await server.listen(env.port);
  logger.info({ port: server.port, host: env.host ?? "all addresses", appId: env.apps[0]?.id }, "listening");
}
