import type { ReplicaStatistics } from "@mgs/realtime-admin/read-statistics";

/** A process of the realtime server, with two of its figures as texts in the reader's language. */
export type ReplicaSample = ReplicaStatistics & { uptime: string; memory: string };

/** Why a sample has no figures; null when it has them. */
export type SampleProblem = "away" | "refused" | "foreign" | "failed" | null;

/** The server's figures at one time. */
export type Sample = {
  /** Unix time in milliseconds. */
  at: number;
  problem: SampleProblem;
  /** The occupied channels of all processes, each counted once. */
  channels: number;
  replicas: readonly ReplicaSample[];
};

export type Counter = "published" | "messages_in" | "messages_out" | "bytes_out";

/** A chart shows so many samples. */
const MAX_SAMPLES = 61;
/** After a longer gap, such as a tab in the background, the chart begins anew. */
const MAX_GAP_MS = 30_000;

/** Adds a sample; one that is no newer than the last, or that failed, changes nothing. */
export function addSample(samples: readonly Sample[], next: Sample): readonly Sample[] {
  const last = samples.at(-1);
  if (next.problem !== null || (last && next.at <= last.at)) return samples;
  if (last && next.at - last.at > MAX_GAP_MS) return [next];
  return [...samples.slice(1 - MAX_SAMPLES), next];
}

/**
 * Computes the growth of a counter per second between each two samples.
 * @param replicaId one process; without it the sum of all
 */
export function ratesOf(samples: readonly Sample[], counter: Counter, replicaId?: string): number[] {
  return samples.slice(1).map((after, index) => {
    const before = samples[index] ?? after;
    const seconds = (after.at - before.at) / 1_000;
    return after.replicas
      .filter(({ id }) => replicaId === undefined || id === replicaId)
      .reduce((sum, replica) => sum + rateOf(before, replica, counter, seconds), 0);
  });
}

/**
 * Computes a rate by the process's own clock, because its figures may be a second old. A process that has started since the
 * last sample counts from zero; one that was only missing from the last sample has no rate yet.
 */
function rateOf(before: Sample, replica: ReplicaSample, counter: Counter, seconds: number): number {
  const earlier = before.replicas.find(({ id }) => id === replica.id);
  const now = replica[counter];
  if (!earlier) return replica.uptime_seconds <= seconds ? now / seconds : 0;
  const ownSeconds = replica.uptime_seconds - earlier.uptime_seconds;
  if (ownSeconds < 0 || now < earlier[counter]) return now / seconds;
  return (now - earlier[counter]) / (ownSeconds > 0 ? ownSeconds : seconds);
}

/** Sums the open connections of each sample. */
export function connectionsOf(samples: readonly Sample[]): number[] {
  return samples.map(({ replicas }) => replicas.reduce((sum, { connections }) => sum + connections, 0));
}
