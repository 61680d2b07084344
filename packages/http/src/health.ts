import { AppError } from "@mgs/core/errors";
import { fail, ok } from "./envelope";
import type { RouteHandlers, RouteTools } from "./route";

/** One part this process cannot work without; answers false or throws when it is away. */
export type HealthCheck = () => Promise<boolean>;

export type HealthReport = { ready: boolean; checks: Record<string, "up" | "down"> };

const CHECK_TIMEOUT = 2_000;

/** Runs all checks side by side; one that takes longer than `timeout` milliseconds counts as down. */
export async function checkHealth(
  checks: Record<string, HealthCheck>,
  timeout: number = CHECK_TIMEOUT,
): Promise<HealthReport> {
  const results = await Promise.all(
    Object.entries(checks).map(async ([name, check]) => [name, await answersWithin(check, timeout)] as const),
  );
  return {
    ready: results.every(([, up]) => up),
    checks: Object.fromEntries(results.map(([name, up]) => [name, up ? "up" : "down"])),
  };
}

/** `/health/live`: this process runs. `/health/ready`: so does what it needs; 503 otherwise, each part named. */
export function createHealthRoutes(
  { publicRoute }: RouteTools,
  checks: Record<string, HealthCheck>,
): { live: RouteHandlers; ready: RouteHandlers } {
  return {
    live: publicRoute({ GET: () => ok({ status: "live" }) }),
    ready: publicRoute({
      GET: async ({ locale, requestId }) => {
        const report = await checkHealth(checks);
        if (report.ready) return ok({ status: "ready", checks: report.checks });
        return fail(new AppError("UNAVAILABLE", { retryAfter: 5 }), locale, requestId, { extra: { data: report } });
      },
    }),
  };
}

async function answersWithin(check: HealthCheck, timeout: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(resolve, timeout, false);
  });
  try {
    return await Promise.race([check(), late]);
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}
