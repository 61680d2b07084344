/** Comments that come within this time are told as one piece of news. */
const GATHER_MS = 1_000;

/** A piece of news; its number makes the next one with the same words another one. */
export type News<T> = { number: number; items: readonly T[] };

export type ArrivalNewsPorts<T> = {
  tell(news: News<T>): void;
  /** A screen reader does not read a page that nobody looks at. */
  isVisible(): boolean;
};

/** Gathers what arrives, so that a screen reader hears each thing once, and several at once as their count. */
export function createArrivalNews<T>({ tell, isVisible }: ArrivalNewsPorts<T>) {
  let gathered: T[] = [];
  let number = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function flush(): void {
    timer = undefined;
    if (gathered.length === 0 || !isVisible()) return;
    const items = gathered;
    gathered = [];
    tell({ number: ++number, items });
  }
  function schedule(): void {
    timer ??= setTimeout(flush, GATHER_MS);
  }

  return {
    add(items: readonly T[]): void {
      gathered.push(...items);
      schedule();
    },
    /** The page calls this when it is looked at again. */
    resume: schedule,
    stop(): void {
      clearTimeout(timer);
      timer = undefined;
    },
  };
}
