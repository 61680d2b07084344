import { AppError } from "@mgs/core/errors";
import { fail, ok } from "./envelope";
import type { Route } from "./route";

/** Checks a service that this process needs; it answers false or throws when the service is away. */
export type HealthCheck = () => Promise<boolean>;

export type HealthReport = { ready: boolean; checks: Record<string, "up" | "down"> };

const CHECK_TIMEOUT_MS = 2_000;

/** Runs all checks at the same time; one that takes longer than `timeoutMs` counts as down. */
export async function checkHealth(
  checks: Record<string, HealthCheck>,
  timeoutMs: number = CHECK_TIMEOUT_MS,
): Promise<HealthReport> {
  const results = await Promise.all(
    Object.entries(checks).map(async ([name, check]) => [name, await answersWithin(check, timeoutMs)] as const),
  );
  return {
    ready: results.every(([, up]) => up),
    checks: Object.fromEntries(results.map(([name, up]) => [name, up ? "up" : "down"])),
  };
}

/** Dependencies of the health routes. */
export type HealthDeps = { healthChecks: Record<string, HealthCheck> };

/** `/health/live` answers while the process runs. `/health/ready` answers 503, with the state of each part, unless all are up. */
export const healthRoutes = [
  { method: "GET", path: "/health/live", access: "public", handler: () => ok({ status: "live" }) },
  {
    method: "GET",
    path: "/health/ready",
    access: "public",
    handler: async ({ locale, requestId }, { healthChecks }) => {
      const report = await checkHealth(healthChecks);
      if (report.ready) return ok({ status: "ready", checks: report.checks });
      return fail(new AppError("UNAVAILABLE", { retryAfter: 5 }), locale, requestId, { extra: { data: report } });
    },
  },
] as const satisfies readonly Route<HealthDeps>[];

async function answersWithin(check: HealthCheck, timeoutMs: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<boolean>((resolve) => {
    timer = setTimeout(resolve, timeoutMs, false);
  });
  try {
    return await Promise.race([check(), timeout]);
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}
