import { measureOutboxLag } from "@mgs/jobs/outbox-lag.repository";
import { type Check, fail, listDatabaseAddresses, ok, warn, withDatabase } from "../check";

/** Limits of the time by which the oldest delivery may be overdue. */
const WARN_SECONDS = 60;
const FAIL_SECONDS = 900;

export const queue: Check = {
  name: "queue",
  title: "Deliveries",
  advice: "Ask again when PostgreSQL answers and has no migration pending.",
  addresses: listDatabaseAddresses,
  run: (system) =>
    withDatabase(system, async (database) => {
      const { waiting, oldestSeconds, dead } = await measureOutboxLag(database);
      const detail = `${waiting} waiting, the oldest ${oldestSeconds} s late, ${dead} dead`;
      if (oldestSeconds > FAIL_SECONDS)
        return fail(detail, "See the checks of worker and Redis, and whether a queue is paused: queue:status.");
      if (oldestSeconds > WARN_SECONDS)
        return warn(detail, "Start another worker, or see whether mail is slow or a queue is paused: queue:status.");
      if (dead > 0) return warn(detail, "See why with queue:failed, mend it, and send them again with queue:retry.");
      return ok(detail);
    }),
};
