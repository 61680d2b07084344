import { reportProcess } from "@mgs/observability/processes/this-process";
import type { ReplicaReport } from "../cluster/cluster";
import type { HubStatistics } from "./statistics";

/** Describes this process for `GET /apps/:id/stats`: its open connections of an app, and totals since its start. */
export function describeReplica(counted: HubStatistics): ReplicaReport {
  const { instanceId, host, pid, version, startedAt, memoryRss } = reportProcess();
  return {
    id: instanceId,
    host,
    pid,
    version,
    started_at: startedAt.toISOString(),
    // To the millisecond: totals divided by it are rates.
    uptime_seconds: Math.max(0, Date.now() - startedAt.getTime()) / 1_000,
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
  };
}
