import { ok, type Reply } from "../reply";
import type { ApiRequest } from "../route";

/**
 * `GET /apps/:id/stats`: the open connections of the app in each process of the cluster, and totals since its start. An
 * extension; signed like every publisher's request.
 */
export async function showStats({ app, context }: ApiRequest): Promise<Reply> {
  return ok({ app_id: app.id, replicas: await context.hub.reports(app) });
}
