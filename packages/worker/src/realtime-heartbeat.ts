import type { WorkerDeps } from "@mgs/module/worker-deps";
import { writeHeartbeat } from "@mgs/observability/processes/heartbeat.repository";
import { HEARTBEAT_INTERVAL_MS, type Heartbeat } from "@mgs/observability/processes/start-heartbeat";
import { processReport } from "@mgs/observability/processes/this-process";

/**
 * Records the realtime server's heartbeats: it runs without PostgreSQL, so a worker asks it for its report and writes the row.
 * Several servers behind one address answer by turns. A Pusher server that is not ours has no report.
 */
export function watchRealtimeServer(deps: Pick<WorkerDeps, "database" | "publisher" | "logger">): Heartbeat {
  const recordHeartbeat = async () => {
    try {
      const report = processReport.safeParse(await deps.publisher.processReport());
      if (report.success) await writeHeartbeat(deps.database, report.data);
    } catch (error) {
      deps.logger.debug({ err: error }, "no heartbeat of the realtime server");
    }
  };
  let current = recordHeartbeat();
  const timer = setInterval(() => {
    current = recordHeartbeat();
  }, HEARTBEAT_INTERVAL_MS);
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      await current;
    },
  };
}
