import type { IncomingMessage } from "node:http";
import { refuseMetrics, writeMetrics } from "@mgs/observability/metrics/answer-metrics";
import type { ServerContext } from "../context";
import { healthReply } from "../http/health";
import { notAllowed, ok, problem, type Reply } from "../http/reply";

/** Whether an address is for operators alone, or shared with clients and publishers. */
export type Exposure = "own" | "shared";

/**
 * `/health`, `/metrics` and `/stats`; undefined for every other path. Health is open. The others are on an address of
 * their own, where a token is asked for if there is one, or else behind a token.
 */
export async function answerOperations(
  request: IncomingMessage,
  path: string,
  context: ServerContext,
  exposure: Exposure,
): Promise<Reply | undefined> {
  const health = healthReply(path, context);
  if (health === undefined && path !== "/metrics" && path !== "/stats") return undefined;
  if (request.method !== "GET" && request.method !== "HEAD") return notAllowed(["GET", "HEAD"]);
  if (health !== undefined) return health;

  const { metricsToken } = context;
  const isHere = exposure === "own" || (!context.hasOperationsAddress && metricsToken !== undefined);
  if (!isHere) return problem(404, "Not found");
  const refusal = metricsToken === undefined ? undefined : refuseMetrics(metricsToken, request.headers.authorization);
  if (refusal !== undefined) return refusal;
  return path === "/metrics" ? writeMetrics() : ok(context.report());
}
