import { safeEqual } from "@mgs/core/crypto";
import { metrics } from "./registry";

export type MetricsAnswer = { status: number; headers: Record<string, string>; body: string };

const TEXT_HEADERS = { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" };

/**
 * Answers `/metrics`, in Prometheus's text format.
 * @param token `METRICS_TOKEN`; undefined answers 404
 * @param authorization the request's header
 */
export async function answerMetrics(
  token: string | undefined,
  authorization: string | null | undefined,
): Promise<MetricsAnswer> {
  if (token === undefined) return { status: 404, headers: TEXT_HEADERS, body: "Not found\n" };
  return refuseMetrics(token, authorization) ?? writeMetrics();
}

/** Refuses a caller without the token; returns undefined for one with it. */
export function refuseMetrics(token: string, authorization: string | null | undefined): MetricsAnswer | undefined {
  const given = /^Bearer (\S+)$/i.exec(authorization ?? "")?.[1];
  if (given !== undefined && safeEqual(given, token)) return undefined;
  return { status: 401, headers: { ...TEXT_HEADERS, "www-authenticate": "Bearer" }, body: "Unauthorized\n" };
}

/** Writes the metrics for a caller with the token. */
export async function writeMetrics(): Promise<MetricsAnswer> {
  const { registry } = metrics();
  const body = await registry.metrics();
  return { status: 200, headers: { ...TEXT_HEADERS, "content-type": registry.contentType }, body };
}
