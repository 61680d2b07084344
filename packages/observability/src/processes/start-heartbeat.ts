import type { Logger } from "@mgs/core/logger";
import type { Database } from "@mgs/db/client";
import { deleteHeartbeat, writeHeartbeat } from "./heartbeat.repository";
import { nameProcess, reportProcess } from "./this-process";

/** Interval between two heartbeats of a process. */
export const HEARTBEAT_INTERVAL_MS = 15_000;

export type Heartbeat = { stop(): Promise<void> };

/** Signs of life of this process in PostgreSQL, from now on until `stop`; a database that is away is waited for. */
export function startHeartbeat(
  { database, logger }: { database: Database; logger: Logger },
  name: string,
  intervalMs: number = HEARTBEAT_INTERVAL_MS,
): Heartbeat {
  nameProcess(name);
  const beat = () =>
    writeHeartbeat(database, reportProcess()).catch((error: unknown) =>
      logger.debug({ err: error }, "no sign of life: PostgreSQL is away"),
    );
  // One at a time: of two on the way, the one that `stop` does not wait for would write the row anew after its delete.
  let current: Promise<void> | undefined;
  const beatUnlessInFlight = () => {
    current ??= beat().finally(() => {
      current = undefined;
    });
  };
  beatUnlessInFlight();
  const timer = setInterval(beatUnlessInFlight, intervalMs);
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      await current;
      await deleteHeartbeat(database, reportProcess().instanceId).catch(() => undefined);
    },
  };
}
