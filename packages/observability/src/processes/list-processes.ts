import type { Actor } from "@mgs/core/actor";
import type { Database } from "@mgs/db/client";
import { requirePermission } from "../permissions";
import { readHeartbeats } from "./heartbeat.repository";
import { HEARTBEAT_INTERVAL_MS } from "./start-heartbeat";

/** A process on the health page. Times are ISO 8601, memory is bytes, durations are seconds. */
export type ProcessDto = {
  instance_id: string;
  /** `administration`, `commercial`, `gestion-dossier`, `worker` or `realtime-server`. */
  name: string;
  host: string;
  pid: number;
  version: string;
  /** `silent` after three missed heartbeats: the process is killed, frozen, or cut off from PostgreSQL. */
  state: "alive" | "silent";
  started_at: string;
  uptime_seconds: number;
  memory_rss: number;
  memory_heap: number;
  last_error: string | null;
  last_error_at: string | null;
  seen_at: string;
};

const SILENT_AFTER_SECONDS = (3 * HEARTBEAT_INTERVAL_MS) / 1_000;

/**
 * Lists every process with a heartbeat within the last hour, by name, the latest first.
 * @throws AppError FORBIDDEN unless an administrator asks
 */
export async function listProcesses(deps: { database: Database }, actor: Actor): Promise<ProcessDto[]> {
  requirePermission(actor, "health.read");
  const rows = await readHeartbeats(deps.database);
  return rows.map((row) => ({
    instance_id: row.instanceId,
    name: row.name,
    host: row.host,
    pid: row.pid,
    version: row.version,
    state: row.silentSeconds > SILENT_AFTER_SECONDS ? "silent" : "alive",
    started_at: row.startedAt.toISOString(),
    uptime_seconds: Math.max(0, Math.round((row.seenAt.getTime() - row.startedAt.getTime()) / 1_000)),
    memory_rss: row.memoryRss,
    memory_heap: row.memoryHeap,
    last_error: row.lastError,
    last_error_at: row.lastErrorAt?.toISOString() ?? null,
    seen_at: row.seenAt.toISOString(),
  }));
}
