import { AppError } from "@mgs/core/errors";
import { healthRoutes } from "@mgs/http/health";
import type { Route } from "@mgs/http/route";
import { answerMetrics } from "@mgs/observability/metrics/answer-metrics";
import { asyncApiRoute } from "./asyncapi/asyncapi-route";
import type { BaseDeps } from "./base-deps";
import { broadcastingRoutes } from "./broadcasting";
import { endImpersonationRoute } from "./end-impersonation-route";
import { logoutRoute } from "./logout-route";
import { openApiRoute } from "./openapi/openapi-route";
import { paletteRoute } from "./palette/palette-route";

/** `/metrics`: this process's metrics, for callers with the token. */
const metricsRoute = {
  method: "GET",
  path: "/metrics",
  access: "public",
  handler: async ({ request }, { metricsToken }) => {
    if (metricsToken === undefined) throw new AppError("NOT_FOUND");
    const { status, headers, body } = await answerMetrics(metricsToken, request.headers.get("authorization"));
    if (status === 401) throw new AppError("UNAUTHENTICATED");
    return new Response(body, { status, headers });
  },
} as const satisfies Route<BaseDeps>;

/** Routes of every portal, besides those of its modules. */
export const baseRoutes = [
  ...broadcastingRoutes,
  ...healthRoutes,
  metricsRoute,
  logoutRoute,
  endImpersonationRoute,
  paletteRoute,
  openApiRoute,
  asyncApiRoute,
] as const satisfies readonly Route<BaseDeps>[];
