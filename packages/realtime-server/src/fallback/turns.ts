/** Lets tasks run one after the other, in the order in which they were given. */
export type Turns = {
  /** Tasks that have not ended. */
  readonly waiting: number;
  take<T>(task: () => Promise<T>): Promise<T>;
};

export function createTurns(): Turns {
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  return {
    get waiting() {
      return waiting;
    },
    take(task) {
      waiting++;
      const turn = last.then(task).finally(() => waiting--);
      last = turn.catch(() => undefined);
      return turn;
    },
  };
}
