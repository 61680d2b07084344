/** Work side by side, so many pieces at most. */
export type Slots = {
  /** Begins `work` when a slot is free, and resolves then. `work` must not reject. */
  begin(work: () => Promise<void>): Promise<void>;
  /** Resolves when nothing is under way. */
  idle(): Promise<void>;
};

/** @param count slots; who comes when all are taken waits, in the order of coming */
export function createSlots(count: number): Slots {
  const running = new Set<Promise<void>>();
  const waiting: (() => void)[] = [];
  let free = count;

  function give(): void {
    const next = waiting.shift();
    if (next) next();
    else free += 1;
  }

  return {
    async begin(work) {
      if (free > 0) free -= 1;
      else await new Promise<void>((resolve) => waiting.push(resolve));
      const piece = work().finally(() => {
        running.delete(piece);
        give();
      });
      running.add(piece);
    },
    async idle() {
      while (running.size > 0) await Promise.all(running);
    },
  };
}
