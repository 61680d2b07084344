import { measureOutboxLag } from "@mgs/jobs/outbox-lag.repository";
import { asking, type Check, databaseAddress, fail, ok, warn } from "../check";

/** Seconds by which the oldest delivery may be late. */
const LATE = 60;
const STUCK = 900;

export const queue: Check = {
  name: "queue",
  title: "Deliveries",
  advice: "Ask again when PostgreSQL answers and has no migration pending.",
  addresses: databaseAddress,
  run: (system) =>
    asking(system, async (database) => {
      const { waiting, oldestSeconds, dead } = await measureOutboxLag(database);
      const detail = `${waiting} waiting, the oldest ${oldestSeconds} s late, ${dead} dead`;
      if (oldestSeconds > STUCK)
        return fail(detail, "See the checks of worker and Redis, and whether a queue is paused: queue:status.");
      if (oldestSeconds > LATE)
        return warn(detail, "Start another worker, or see whether mail is slow or a queue is paused: queue:status.");
      if (dead > 0) return warn(detail, "See why with queue:failed, mend it, and send them again with queue:retry.");
      return ok(detail);
    }),
};
