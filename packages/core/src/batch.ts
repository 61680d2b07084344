export type BatchOptions<I> = {
  /** Most inputs of one run. */
  most: number;
  /** Milliseconds after which a run that has not ended no longer keeps the others waiting: one more begins. */
  impatience: number;
  /** Most runs side by side. */
  lanes: number;
  /** Inputs of one key keep their order: none begins while an earlier run has others of it. */
  keyOf?: (input: I) => unknown;
};

/**
 * Gathers what is asked for while an answer is under way, and asks for it all at once: what comes alone starts at once,
 * what comes together shares a round trip. Inputs are run in the order in which they came.
 * @param run answers each input in its place: a value, or the error that is this input's alone. When it throws, all of
 *   its inputs fail with that error
 */
export function createBatcher<I, O>(
  run: (inputs: readonly I[]) => Promise<readonly PromiseSettledResult<O>[]>,
  { most, impatience, lanes, keyOf }: BatchOptions<I>,
): (input: I) => Promise<O> {
  type Waiting = { input: I; resolve(value: O): void; reject(reason: unknown): void };
  let waiting: Waiting[] = [];
  const busy = new Set<unknown>();
  let running = 0;
  /** Runs that still keep others waiting. */
  let blocking = 0;

  function begin(): void {
    while (waiting.length > 0 && blocking === 0 && running < lanes) {
      const batch = take();
      if (batch.length === 0) return;
      void work(batch);
    }
  }

  function take(): Waiting[] {
    if (!keyOf || busy.size === 0) return waiting.splice(0, most);
    const free = waiting.filter(({ input }) => !busy.has(keyOf(input))).slice(0, most);
    const taken = new Set(free);
    waiting = waiting.filter((one) => !taken.has(one));
    return free;
  }

  async function work(batch: readonly Waiting[]): Promise<void> {
    running += 1;
    blocking += 1;
    // No two runs share a key: `take` saw to it.
    const keys = new Set(keyOf ? batch.map(({ input }) => keyOf(input)) : []);
    for (const key of keys) busy.add(key);
    let patient = true;
    const release = (): void => {
      if (!patient) return;
      patient = false;
      blocking -= 1;
    };
    const timer = setTimeout(() => {
      release();
      begin();
    }, impatience);
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
