export type BatchOptions<I> = {
  /** Most inputs of one run. */
  maxBatchSize: number;
  /** Longest time that inputs wait for the run under way; the next run then starts beside it. */
  maxWaitMs: number;
  /** Most runs at the same time. */
  maxConcurrency: number;
  /** Inputs of one key keep their order: none starts while an earlier run has inputs of that key. */
  keyOf?: (input: I) => unknown;
};

/**
 * Makes a batcher: it collects inputs while a run is under way and gives them to the next run together. A single input starts
 * at once, and inputs that arrive together share a round trip. Runs take inputs in the order of their arrival.
 * @param run returns a result for each input in its place: a value, or the error of this input alone. When it throws, all of
 *   its inputs fail with that error
 */
export function createBatcher<I, O>(
  run: (inputs: readonly I[]) => Promise<readonly PromiseSettledResult<O>[]>,
  { maxBatchSize, maxWaitMs, maxConcurrency, keyOf }: BatchOptions<I>,
): (input: I) => Promise<O> {
  type Waiting = { input: I; resolve(value: O): void; reject(reason: unknown): void };
  let waiting: Waiting[] = [];
  const busyKeys = new Set<unknown>();
  let runningCount = 0;
  /** Runs that the waiting inputs still wait for. */
  let blockingRuns = 0;

  function startRuns(): void {
    while (waiting.length > 0 && blockingRuns === 0 && runningCount < maxConcurrency) {
      const batch = takeBatch();
      if (batch.length === 0) return;
      void runBatch(batch);
    }
  }

  function takeBatch(): Waiting[] {
    if (!keyOf || busyKeys.size === 0) return waiting.splice(0, maxBatchSize);
    const free = waiting.filter(({ input }) => !busyKeys.has(keyOf(input))).slice(0, maxBatchSize);
    const taken = new Set(free);
    waiting = waiting.filter((one) => !taken.has(one));
    return free;
  }

  async function runBatch(batch: readonly Waiting[]): Promise<void> {
    runningCount += 1;
    blockingRuns += 1;
    // `takeBatch` never gives two runs inputs of one key.
    const keys = new Set(keyOf ? batch.map(({ input }) => keyOf(input)) : []);
    for (const key of keys) busyKeys.add(key);
    let isBlocking = true;
    const release = (): void => {
      if (!isBlocking) return;
      isBlocking = false;
      blockingRuns -= 1;
    };
    const timer = setTimeout(() => {
      release();
      startRuns();
    }, maxWaitMs);
    try {
      const results = await run(batch.map(({ input }) => input));
      for (const [index, { resolve, reject }] of batch.entries()) {
        const result = results[index];
        if (result?.status === "fulfilled") resolve(result.value);
        else reject(result ? result.reason : new Error("a batch left an input without an answer"));
      }
    } catch (error) {
      for (const { reject } of batch) reject(error);
    } finally {
      clearTimeout(timer);
      release();
      runningCount -= 1;
      for (const key of keys) busyKeys.delete(key);
      startRuns();
    }
  }

  return (input) => {
    const { promise, resolve, reject } = Promise.withResolvers<O>();
    waiting.push({ input, resolve, reject });
    startRuns();
    return promise;
  };
}
