/** Limits how many tasks run at the same time. */
export type Semaphore = {
  /** Starts `work` when a place is free, and resolves when it has started. `work` must not reject. */
  start(work: () => Promise<void>): Promise<void>;
  /** Resolves when no task is running. */
  waitUntilIdle(): Promise<void>;
};

/** Makes a semaphore of `count` places. Tasks wait for a place in the order in which they came. */
export function createSemaphore(count: number): Semaphore {
  const running = new Set<Promise<void>>();
  const waiting: (() => void)[] = [];
  let free = count;

  function release(): void {
    const next = waiting.shift();
    if (next) next();
    else free += 1;
  }

  return {
    async start(work) {
      if (free > 0) free -= 1;
      else await new Promise<void>((resolve) => waiting.push(resolve));
      const task = work().finally(() => {
        running.delete(task);
        release();
      });
      running.add(task);
    },
    async waitUntilIdle() {
      while (running.size > 0) await Promise.all(running);
    },
  };
}
