import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { ServerContext } from "../context";
import { problem, sendReply } from "../http/reply";
import { parseRequestUrl } from "../request-url";
import { answerOperations } from "./operations";

/** Node checks every 30 s by default, which would give a silent connection that much longer. */
const HTTP_TIMEOUTS_MS = { headersTimeout: 10_000, connectionsCheckingInterval: 5_000 };

export type OperationsServer = { readonly port: number; close(): Promise<void> };

/**
 * Health, metrics and statistics on an address of their own.
 * @throws Error of the operating system (`EADDRINUSE`, `EACCES`)
 */
export async function startOperationsServer(
  context: ServerContext,
  { host, port }: { host: string; port: number },
): Promise<OperationsServer> {
  const server = createServer({ ...HTTP_TIMEOUTS_MS, requestTimeout: 10_000 }, (request, response) => {
    const path = parseRequestUrl(request)?.pathname ?? "";
    answerOperations(request, path, context, "own").then(
      (reply) => sendReply(response, reply ?? problem(404, "Not found")),
      (error: unknown) => {
        context.logger.error({ err: error }, "operations request failed");
        sendReply(response, problem(500, "Internal error"));
      },
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen({ host, port }, () => {
      server.off("error", reject);
      resolve();
    });
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
