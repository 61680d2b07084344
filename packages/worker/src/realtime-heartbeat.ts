import type { WorkerDeps } from "@mgs/module/worker-deps";
import { writeHeartbeat } from "@mgs/observability/processes/heartbeat.repository";
import { HEARTBEAT_EVERY, type Heartbeat } from "@mgs/observability/processes/start-heartbeat";
import { processReport } from "@mgs/observability/processes/this-process";

/**
 * The realtime server's signs of life: it runs without PostgreSQL, so a worker asks it and writes them down. Of several
 * behind one address each is met in its turn. Another Pusher server than ours has none.
 */
export function watchRealtimeServer(deps: Pick<WorkerDeps, "database" | "publisher" | "logger">): Heartbeat {
  const look = async () => {
    try {
      const report = processReport.safeParse(await deps.publisher.processReport());
      if (report.success) await writeHeartbeat(deps.database, report.data);
    } catch (error) {
      deps.logger.debug({ err: error }, "no sign of life of the realtime server");
    }
  };
  let current = look();
  const timer = setInterval(() => {
    current = look();
  }, HEARTBEAT_EVERY);
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      await current;
    },
  };
}
