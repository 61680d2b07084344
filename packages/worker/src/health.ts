import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { admitRequest, hardenServer } from "@mgs/http/fast-path/harden-server";
import { checkHealth, type HealthCheck } from "@mgs/http/health";
import { answerMetrics } from "@mgs/observability/metrics/answer-metrics";

const METRICS_PATH = "/metrics";
/** Every address of the worker. */
export const ROUTES: readonly string[] = ["/health/live", "/health/ready", METRICS_PATH];

export type HealthServer = { readonly port: number; close(): Promise<void> };

/**
 * Serves the worker's probes. `/health/live` answers while the process runs. `/health/ready` answers 503, with the state of
 * each part, unless PostgreSQL and Redis answer. `/metrics` gives metrics to callers with the token.
 * @param address port 0 picks a free port; without a host the server listens on every interface
 * @param metricsToken undefined: there is no `/metrics`
 * @throws Error of the operating system (`EADDRINUSE`)
 */
export async function startHealthServer(
  address: { port: number; host?: string | undefined },
  checks: Record<string, HealthCheck>,
  metricsToken?: string,
): Promise<HealthServer> {
  const server = createServer((request, response) => {
    if (!admitRequest(request, response)) return;
    const answer = (status: number, body: object) => {
      response.writeHead(status, { "content-type": "application/json", "cache-control": "no-store" });
      response.end(JSON.stringify(body));
    };
    const refuse = (status: number, code: string, message: string) =>
      answer(status, { success: false, error: { code, message } });
    // `//` is no valid address, and an error that is thrown here would end the process.
    const pathname = URL.parse(request.url ?? "/", "http://worker")?.pathname ?? "";
    const served = ROUTES.includes(pathname) && (pathname !== METRICS_PATH || metricsToken !== undefined);
    if (!served) {
      return refuse(404, "NOT_FOUND", "This address does not exist.");
    }
    if (request.method !== "GET" && request.method !== "HEAD") {
      return refuse(405, "METHOD_NOT_ALLOWED", "This method is not allowed here.");
    }
    if (pathname === METRICS_PATH) {
      void answerMetrics(metricsToken, request.headers.authorization).then(
        ({ status, headers, body }) => {
          response.writeHead(status, headers);
          response.end(body);
        },
        () => refuse(500, "INTERNAL_ERROR", "Metrics could not be read."),
      );
      return;
    }
    if (pathname === "/health/live") return answer(200, { success: true, data: { status: "live" } });
    void checkHealth(checks).then(({ ready, checks }) =>
      answer(ready ? 200 : 503, { success: ready, data: { status: ready ? "ready" : "unavailable", checks } }),
    );
  });
  hardenServer(server);
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(address.port, address.host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
