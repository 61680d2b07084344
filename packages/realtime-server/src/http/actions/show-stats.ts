import { reportProcess } from "@mgs/observability/processes/this-process";
import { ok, type Reply } from "../reply";
import type { ApiRequest } from "../route";

/**
 * `GET /apps/:id/stats`: what the app has open in each process, and totals since that process started. An address of our
 * own; signed like every publisher's request.
 */
export function showStats({ app, context }: ApiRequest): Reply {
  const { instanceId, host, pid, version, startedAt, memoryRss } = reportProcess();
  const counted = context.hub.statisticsOf(app);
  return ok({
    app_id: app.id,
    replicas: [
      {
        id: instanceId,
        host,
        pid,
        version,
        started_at: startedAt.toISOString(),
        uptime_seconds: Math.max(0, Math.round((Date.now() - startedAt.getTime()) / 1_000)),
        connections: counted.connections,
        channels: counted.channels,
        users: counted.signedInUsers,
        published: counted.published,
        delivered: counted.delivered,
        messages_in: counted.messagesIn,
        messages_out: counted.messagesOut,
        bytes_out: counted.bytesOut,
        slow_clients_closed: counted.slowClientsClosed,
        memory_rss: memoryRss,
      },
    ],
  });
}
