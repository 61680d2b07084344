/** Runs tasks one after the other, in the order in which they were added. */
export type SerialQueue = {
  /** The number of tasks that have not ended. */
  readonly pending: number;
  run<T>(task: () => Promise<T>): Promise<T>;
};

export function createSerialQueue(): SerialQueue {
  let last: Promise<unknown> = Promise.resolve();
  let pending = 0;
  return {
    get pending() {
      return pending;
    },
    run(task) {
      pending++;
      const result = last.then(task).finally(() => pending--);
      last = result.catch(() => undefined);
      return result;
    },
  };
}
