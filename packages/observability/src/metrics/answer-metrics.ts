import { safeEqual } from "@mgs/core/crypto";
import { metrics } from "./registry";

export type MetricsAnswer = { status: number; headers: Record<string, string>; body: string };

const TEXT = { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" };

/**
 * The answer of `/metrics`, in Prometheus's text format.
 * @param token `METRICS_TOKEN`; undefined: there is no such address
 * @param authorization the request's header
 */
export async function answerMetrics(
  token: string | undefined,
  authorization: string | null | undefined,
): Promise<MetricsAnswer> {
  if (token === undefined) return { status: 404, headers: TEXT, body: "Not found\n" };
  return refusalOfMetrics(token, authorization) ?? writeMetrics();
}

/** The answer to a caller without the token; undefined for one who has it. */
export function refusalOfMetrics(token: string, authorization: string | null | undefined): MetricsAnswer | undefined {
  const given = /^Bearer (\S+)$/i.exec(authorization ?? "")?.[1];
  if (given !== undefined && safeEqual(given, token)) return undefined;
  return { status: 401, headers: { ...TEXT, "www-authenticate": "Bearer" }, body: "Unauthorized\n" };
}

/** The metrics, for a caller who may see them. */
export async function writeMetrics(): Promise<MetricsAnswer> {
  const { registry } = metrics();
  const body = await registry.metrics();
  return { status: 200, headers: { ...TEXT, "content-type": registry.contentType }, body };
}
