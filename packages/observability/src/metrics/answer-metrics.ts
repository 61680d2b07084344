import { safeEqual } from "@mgs/core/crypto";
import { metrics } from "./registry";

export type MetricsAnswer = { status: number; headers: Record<string, string>; body: string };

/**
 * The answer of `/metrics`, in Prometheus's text format.
 * @param token `METRICS_TOKEN`; undefined: there is no such address
 * @param authorization the request's header
 */
export async function answerMetrics(
  token: string | undefined,
  authorization: string | null | undefined,
): Promise<MetricsAnswer> {
  const text = { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" };
  if (token === undefined) return { status: 404, headers: text, body: "Not found\n" };
  const given = /^Bearer (\S+)$/i.exec(authorization ?? "")?.[1];
  if (given === undefined || !safeEqual(given, token)) {
    return { status: 401, headers: { ...text, "www-authenticate": "Bearer" }, body: "Unauthorized\n" };
  }
  const { registry } = metrics();
  const body = await registry.metrics();
  return { status: 200, headers: { ...text, "content-type": registry.contentType }, body };
}
