import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { safeEqual, sha256 } from "@mgs/core/crypto";
import { AppError } from "@mgs/core/errors";
import { createLogger } from "@mgs/core/logger";
import { createDatabase } from "@mgs/db/client";
import type { Route } from "@mgs/http/route";
import { createRouter } from "@mgs/http/router";
import { createEnqueuer } from "@mgs/jobs/enqueuer";
import { sendRoute } from "@mgs/notifications/routes";
import { createRouteTable } from "@mgs/observability/metrics/route-table";
import { flushReports, startObservability } from "@mgs/observability/start-process";

/**
 * Stands in for administration in tests of the worker: it serves the product's route of the POST, and a token endpoint that
 * looks machine clients up in the database. It logs its port.
 */
const { DATABASE_URL = "", REDIS_URL = "", OTEL_EXPORTER_OTLP_ENDPOINT, METRICS_TOKEN } = process.env;
const logger = createLogger("administration");
await startObservability(
  "administration",
  { OTEL_EXPORTER_OTLP_ENDPOINT, METRICS_TOKEN, OTEL_TRACES_SAMPLER_ARG: 1 },
  createRouteTable(["/api/notifications/send", "/oauth/token"]),
);
const database = createDatabase(DATABASE_URL);
const portalUrls = {
  administration: "http://localhost:3000",
  commercial: "http://localhost:3001",
  "gestion-dossier": "http://localhost:3002",
};
const tokenRoute: Route<object> = {
  method: "POST",
  path: "/oauth/token",
  access: "public",
  handler: async ({ request }) => {
    const basic = /^Basic (.+)$/.exec(request.headers.get("authorization") ?? "")?.[1] ?? "";
    const [id = "", secret = ""] = Buffer.from(basic, "base64").toString().split(":");
    const client = await database.client.findUnique({ where: { id } });
    if (!client || !safeEqual(client.secretHash, sha256(decodeURIComponent(secret))))
      throw new AppError("UNAUTHENTICATED");
    return Response.json({ access_token: `machine:${id}`, expires_in: 900, token_type: "Bearer" });
  },
};
const router = createRouter(
  {
    ownOrigin: portalUrls.administration,
    logger,
    authenticate: async (request) => {
      const clientId = /^Bearer machine:(\w+)$/.exec(request.headers.get("authorization") ?? "")?.[1];
      if (clientId === undefined) throw new AppError("UNAUTHENTICATED");
      return { actor: { kind: "client", clientId, scopes: ["notifications:send"] }, via: "bearer" };
    },
  },
  [
    { routes: [tokenRoute], deps: {} },
    {
      routes: [sendRoute],
      deps: {
        database,
        enqueuer: createEnqueuer(REDIS_URL, logger, 2_000),
        portalUrls,
        limiter: { take: async () => async () => undefined, connect: async () => undefined, close: () => undefined },
      },
    },
  ],
);
const server = createServer((request, response) => {
  const init = { method: "POST", headers: request.headers as Record<string, string>, duplex: "half" as const };
  const body = Readable.toWeb(request) as ReadableStream<Uint8Array>;
  void router.fetch(new Request(`http://localhost:3000${request.url}`, { ...init, body })).then(async (answer) => {
    response.writeHead(answer.status, Object.fromEntries(answer.headers));
    response.end(await answer.text());
  });
});
server.listen(0, "127.0.0.1", () => logger.info({ port: (server.address() as AddressInfo).port }, "listening"));
process.once("SIGTERM", () => void flushReports().then(() => process.exit(0)));
