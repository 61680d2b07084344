import { maintenanceReader } from "@mgs/maintenance/maintenance-reader";
import { registerPoolGauge } from "@mgs/observability/metrics/pool-gauge";
import { startHeartbeat } from "@mgs/observability/processes/start-heartbeat";
import type { Composition } from "./composition";
import { createMaintenanceGate } from "./maintenance/maintenance-gate";
import { createPagePolicy } from "./page-policy";

/** Opens a portal's connections, starts its heartbeat, and installs the fast path. */
export async function startProcess(composition: Composition): Promise<void> {
  const { portal, env, runtime, services, parts } = composition;
  registerPoolGauge();
  const heartbeat = startHeartbeat(runtime, portal);
  process.once("SIGTERM", () => void heartbeat.stop());
  // The connections open before the fast path answers that this process is ready.
  const made = parts.map(({ module }) => module.connect?.(services.get(module.name) ?? {}));
  await Promise.all([runtime.connect(), ...made]);
  // The development server reloads code, which the fast path would not see, so it has none.
  if (env.NODE_ENV !== "production") return;
  const { installFastPath } = await import("./fast-path");
  const policy = createPagePolicy(portal, env);
  const reader = maintenanceReader(runtime.database);
  await reader.read();
  const gate = createMaintenanceGate({ portal, policy, reader, sessions: composition.sessions });
  installFastPath(composition, policy, gate);
}
