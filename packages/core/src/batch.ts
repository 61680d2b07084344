export type BatchOptions<I> = {
  /** Inputs of one run. */
  maxBatchSize: number;
  /** Milliseconds that inputs wait for the run under way; the next run then starts beside it. */
  maxWaitMs: number;
  /** Runs side by side. */
  maxConcurrency: number;
  /** Inputs of one key keep their order: none begins while an earlier run has others of it. */
  keyOf?: (input: I) => unknown;
};

/**
 * Collects inputs while a run is under way and gives them to the next run together: a single input starts at once, inputs
 * that come together share a round trip. Inputs are run in the order in which they came.
 * @param run answers each input in its place: a value, or the error that is this input's alone. When it throws, all of
 *   its inputs fail with that error
 */
export function createBatcher<I, O>(
  run: (inputs: readonly I[]) => Promise<readonly PromiseSettledResult<O>[]>,
  { maxBatchSize, maxWaitMs, maxConcurrency, keyOf }: BatchOptions<I>,
): (input: I) => Promise<O> {
  type Waiting = { input: I; resolve(value: O): void; reject(reason: unknown): void };
  let waiting: Waiting[] = [];
  const busy = new Set<unknown>();
  let running = 0;
  /** Runs for which the waiting inputs still wait. */
  let blocking = 0;

  function begin(): void {
    while (waiting.length > 0 && blocking === 0 && running < maxConcurrency) {
      const batch = take();
      if (batch.length === 0) return;
      void work(batch);
    }
  }

  function take(): Waiting[] {
    if (!keyOf || busy.size === 0) return waiting.splice(0, maxBatchSize);
    const free = waiting.filter(({ input }) => !busy.has(keyOf(input))).slice(0, maxBatchSize);
    const taken = new Set(free);
    waiting = waiting.filter((one) => !taken.has(one));
    return free;
  }

  async function work(batch: readonly Waiting[]): Promise<void> {
    running += 1;
    blocking += 1;
    // `take` gives no two runs inputs of one key.
    const keys = new Set(keyOf ? batch.map(({ input }) => keyOf(input)) : []);
    for (const key of keys) busy.add(key);
    let isBlocking = true;
    const release = (): void => {
      if (!isBlocking) return;
      isBlocking = false;
      blocking -= 1;
    };
    const timer = setTimeout(() => {
      release();
      begin();
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
      running -= 1;
      for (const key of keys) busy.delete(key);
      begin();
    }
  }

  return (input) => {
    const { promise, resolve, reject } = Promise.withResolvers<O>();
    waiting.push({ input, resolve, reject });
    begin();
    return promise;
  };
}
