import { ok, type Reply } from "../reply";
import type { ApiRequest } from "../route";

/**
 * `GET /apps/:id/stats`: what the app has open in each process of the cluster, and totals since that process started. An
 * address of our own; signed like every publisher's request.
 */
export async function showStats({ app, context }: ApiRequest): Promise<Reply> {
  return ok({ app_id: app.id, replicas: await context.hub.reports(app) });
}
