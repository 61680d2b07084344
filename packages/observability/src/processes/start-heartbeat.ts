import type { Logger } from "@mgs/core/logger";
import type { Database } from "@mgs/db/client";
import { deleteHeartbeat, writeHeartbeat } from "./heartbeat.repository";
import { nameProcess, reportProcess } from "./this-process";

/** Interval between two heartbeats of a process. */
export const HEARTBEAT_INTERVAL_MS = 15_000;

export type Heartbeat = { stop(): Promise<void> };

/** Writes this process's heartbeats to PostgreSQL until `stop`. It skips a heartbeat while PostgreSQL is away. */
export function startHeartbeat(
  { database, logger }: { database: Database; logger: Logger },
  name: string,
  intervalMs: number = HEARTBEAT_INTERVAL_MS,
): Heartbeat {
  nameProcess(name);
  const beat = () =>
    writeHeartbeat(database, reportProcess()).catch((error: unknown) =>
      logger.debug({ err: error }, "no heartbeat: PostgreSQL is away"),
    );
  // Only one heartbeat is under way: `stop` waits for one, and a second one could write the row again after its deletion.
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
