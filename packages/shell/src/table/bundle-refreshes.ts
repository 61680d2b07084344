/** Times in milliseconds. */
const MIN_PAUSE = 1_000;
/** Whoever refreshes slowly does it more rarely: so many lists never keep a server busier than a fifth of the time each. */
const PAUSE_PER_DURATION = 4;
/** Open pages that hear of the same change do not ask at the same moment. */
const MAX_SPREAD = 500;
const HELD_RETRY = 500;
const LONGEST_REFRESH = 10_000;

export type RefreshBundle = {
  /** Something has changed: a refresh follows, one for all changes until then. */
  ask(): void;
  /** Refreshes at once, held or not: a person asks for it. */
  runNow(): void;
  stop(): void;
};

type BundleOptions = {
  refresh: () => Promise<unknown>;
  /** Whether a refresh has to wait: `for-reader` when it would disturb somebody, `unseen` when nobody looks. */
  isHeld: () => "for-reader" | "unseen" | null;
  /** Called with true when a refresh waits for the reader, and with false when it does no longer. */
  onWaiting?: (waiting: boolean) => void;
};

/** Bundles the refreshes of a list: at most one in a second or so, none while it is held, and none that is lost. */
export function bundleRefreshes({ refresh, isHeld, onWaiting }: BundleOptions): RefreshBundle {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isRunning = false;
  let isAsked = false;
  let isStopped = false;
  let waits = false;
  let earliest = 0;

  function setWaiting(waiting: boolean) {
    if (waits === waiting) return;
    waits = waiting;
    onWaiting?.(waiting);
  }

  function schedule(pause: number) {
    if (isStopped || isRunning || timer !== undefined) return;
    timer = setTimeout(() => {
      timer = undefined;
      const held = isHeld();
      if (held === null) return void run();
      setWaiting(held === "for-reader");
      schedule(HELD_RETRY);
    }, pause);
  }

  async function run() {
    clearTimeout(timer);
    timer = undefined;
    setWaiting(false);
    isAsked = false;
    isRunning = true;
    const start = Date.now();
    let limit: ReturnType<typeof setTimeout> | undefined;
    const tooLong = new Promise<void>((resolve) => {
      limit = setTimeout(resolve, LONGEST_REFRESH);
    });
    await Promise.race([refresh().catch(() => undefined), tooLong]);
    clearTimeout(limit);
    const end = Date.now();
    earliest = end + Math.max(MIN_PAUSE, PAUSE_PER_DURATION * (end - start));
    isRunning = false;
    if (isAsked) schedule(earliest - end);
  }

  return {
    ask() {
      isAsked = true;
      schedule(Math.max(Math.random() * MAX_SPREAD, earliest - Date.now()));
    },
    runNow() {
      if (!isRunning && !isStopped) void run();
    },
    stop() {
      isStopped = true;
      clearTimeout(timer);
      timer = undefined;
    },
  };
}
