import type { ReplicaStatistics } from "@mgs/realtime-admin/read-statistics";

/** A process of the realtime server, with what people read of it in their language. */
export type ReplicaReading = ReplicaStatistics & { uptime: string; memory: string };

/** Why there are no figures; null when there are. */
export type ReadingProblem = "away" | "refused" | "foreign" | "failed" | null;

/** What the server said at a moment. */
export type Reading = {
  /** Milliseconds since the epoch. */
  at: number;
  problem: ReadingProblem;
  /** Occupied channels of all processes together, each once. */
  channels: number;
  replicas: readonly ReplicaReading[];
};

export type Counter = "published" | "messages_in" | "messages_out" | "bytes_out";

/** Readings that a chart shows. */
const MOST = 61;
/** Milliseconds: after a longer silence (a tab in the background) the chart begins anew. */
const LONGEST_GAP = 30_000;

/** The readings with one more; one that is no newer, or that failed, changes nothing. */
export function withReading(readings: readonly Reading[], next: Reading): readonly Reading[] {
  const last = readings.at(-1);
  if (next.problem !== null || (last && next.at <= last.at)) return readings;
  if (last && next.at - last.at > LONGEST_GAP) return [next];
  return [...readings.slice(1 - MOST), next];
}

/**
 * How much a counter grew between each two readings, a second.
 * @param replicaId of one process alone; of all unless given
 */
export function ratesOf(readings: readonly Reading[], counter: Counter, replicaId?: string): number[] {
  return readings.slice(1).map((after, index) => {
    const before = readings[index] ?? after;
    const seconds = (after.at - before.at) / 1_000;
    return after.replicas
      .filter(({ id }) => replicaId === undefined || id === replicaId)
      .reduce((sum, replica) => sum + rateOf(before, replica, counter, seconds), 0);
  });
}

/**
 * By the process's own clock, for what it told may be a second old. A process that has started since counts from zero;
 * one that was merely not seen before says nothing of this while.
 */
function rateOf(before: Reading, replica: ReplicaReading, counter: Counter, seconds: number): number {
  const earlier = before.replicas.find(({ id }) => id === replica.id);
  const now = replica[counter];
  if (!earlier) return replica.uptime_seconds <= seconds ? now / seconds : 0;
  const own = replica.uptime_seconds - earlier.uptime_seconds;
  if (own < 0 || now < earlier[counter]) return now / seconds;
  return (now - earlier[counter]) / (own > 0 ? own : seconds);
}

/** Open connections at each reading. */
export function connectionsOf(readings: readonly Reading[]): number[] {
  return readings.map(({ replicas }) => replicas.reduce((sum, { connections }) => sum + connections, 0));
}
