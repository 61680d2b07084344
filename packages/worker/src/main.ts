import { exitFailedStart } from "@mgs/core/configuration-error";
import { createLogger } from "@mgs/core/logger";
import { createRouteTable } from "@mgs/observability/metrics/route-table";
import { flushReports, startObservability } from "@mgs/observability/start-process";
import { readEnv } from "./env";
import { ROUTES } from "./health";

/** The bundle runs the .js files; `npm run dev` runs the sources. */
const EXTENSION = import.meta.url.endsWith(".ts") ? "ts" : "js";
const threadFile = (name: string) => new URL(`./${name}.${EXTENSION}`, import.meta.url);

try {
  await main();
} catch (error) {
  exitFailedStart(error);
}

async function main(): Promise<void> {
  const env = readEnv(process.env);
  const logger = createLogger("worker", env.LOG_LEVEL);
  await startObservability("worker", env, createRouteTable(ROUTES));
  // Tracing has to patch libraries before they are imported, so this import comes after it.
  const { startWorker } = await import("./worker");
  const worker = await startWorker(env, {
    logger,
    mailThread: threadFile("mail-thread"),
    pdfThread: threadFile("pdf-thread"),
  });
  logger.info({ port: worker.healthPort }, "working");

  const stop = (signal: NodeJS.Signals): void => {
    logger.info({ signal }, "stopping");
    worker.close().then(
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
}
