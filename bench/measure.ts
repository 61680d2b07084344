/** Numbers of one measurement. All numbers of a benchmark have the same unit. */
export type Sample = Readonly<Record<string, number>>;
export type Contestant = { name: string; round(): Promise<Sample> };

/**
 * Runs the contestants one after the other, round by round, so that other load on the machine slows them alike.
 * @returns the median of each number over the rounds, and the rounds themselves
 */
export async function measureInterleaved(
  rounds: number,
  contestants: readonly Contestant[],
): Promise<Record<string, { median: Sample; rounds: Sample[] }>> {
  const samples = new Map<string, Sample[]>(contestants.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    // The order rotates, because the second contestant may find warmer caches.
    const order = round % 2 === 0 ? contestants : contestants.toReversed();
    for (const contestant of order) samples.get(contestant.name)?.push(await contestant.round());
  }
  return Object.fromEntries(
    [...samples].map(([name, taken]) => [name, { median: computeMedians(taken), rounds: taken }]),
  );
}

function computeMedians(samples: readonly Sample[]): Sample {
  const names = Object.keys(samples[0] ?? {});
  return Object.fromEntries(names.map((name) => [name, median(samples.map((sample) => sample[name] ?? Number.NaN))]));
}

export function median(values: readonly number[]): number {
  return percentile(values, 50);
}

/** Computes a percentile by nearest rank; NaN of no values. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? Number.NaN;
}

/**
 * Measures calls of parallel `workers`, each with one call at a time.
 * @param milliseconds time in which new calls begin
 * @returns calls a second, and the time of each in milliseconds
 */
export async function measureThroughput(
  workers: readonly (() => Promise<void>)[],
  milliseconds: number,
): Promise<{ perSecond: number; times: number[] }> {
  const startedAt = performance.now();
  const times: number[] = [];
  await Promise.all(
    workers.map(async (work) => {
      for (let at = performance.now(); at - startedAt < milliseconds; ) {
        await work();
        const now = performance.now();
        times.push(now - at);
        at = now;
      }
    }),
  );
  return { perSecond: (1_000 * times.length) / (performance.now() - startedAt), times };
}
