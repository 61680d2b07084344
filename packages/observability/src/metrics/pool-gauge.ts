import { processSingleton } from "@mgs/core/process-singleton";
import { readPoolStatistics } from "@mgs/db/client";
import { registerGauge } from "./gauge";

/** Registers the gauge of this process's connections to PostgreSQL. */
export const registerPoolGauge = processSingleton("mgs.pool-gauge", () =>
  registerGauge(
    "mgs_pg_pool_connections",
    "Connections to PostgreSQL: open, idle of them, and queries that wait for one.",
    ["state"],
    (set) => {
      const { total, idle, waiting } = readPoolStatistics();
      set({ state: "open" }, total);
      set({ state: "idle" }, idle);
      set({ state: "waiting" }, waiting);
    },
  ),
);
