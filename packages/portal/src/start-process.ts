import { registerPoolGauge } from "@mgs/observability/metrics/pool-gauge";
import { startHeartbeat } from "@mgs/observability/processes/start-heartbeat";
import type { Composition } from "./composition";
import { pagePolicyOf } from "./page-policy";

/** Opens a portal's connections, tells of its process, and takes the busiest addresses over from the framework. */
export async function startProcess(composition: Composition): Promise<void> {
  const { portal, env, runtime, services, parts } = composition;
  registerPoolGauge();
  const heartbeat = startHeartbeat(runtime, portal);
  process.once("SIGTERM", () => void heartbeat.stop());
  // Before the fast path answers that this process is ready.
  const made = parts.map(({ module }) => module.connect?.(services.get(module.name) ?? {}));
  await Promise.all([runtime.connect(), ...made]);
  // The development server reloads what it serves; here the framework has handed the request over already.
  if (env.NODE_ENV !== "production") return;
  const { installFastPath } = await import("./fast-path");
  installFastPath(composition, pagePolicyOf(portal, env));
}
