import { type Admission, ATTEMPT_LEASE_MS, type AttemptCounters, type AttemptLimit } from "./attempt-counters";

/** Keys kept at most; the oldest go first. */
const MAX_KEYS = 50_000;

type Counter = {
  failures: number;
  endsAt: number;
  delayedUntil: number;
  underWay: Map<symbol, number>;
  group?: string;
};

/** Counters of one process: where there is no Redis, or while it is away. @param now milliseconds */
export function createMemoryAttemptCounters(now: () => number = Date.now): AttemptCounters {
  const counters = new Map<string, Counter>();

  const current = (key: string): Counter => {
    const at = now();
    const known = counters.get(key) ?? { failures: 0, endsAt: 0, delayedUntil: 0, underWay: new Map() };
    if (known.endsAt <= at) Object.assign(known, { failures: 0, delayedUntil: 0 });
    for (const [attempt, until] of known.underWay) if (until <= at) known.underWay.delete(attempt);
    return known;
  };

  const keep = (key: string, counter: Counter): void => {
    counters.delete(key);
    if (counter.failures === 0 && counter.underWay.size === 0) return;
    counters.set(key, counter);
    const [oldest] = counters.keys();
    if (counters.size > MAX_KEYS && oldest !== undefined) counters.delete(oldest);
  };

  const fail = (counter: Counter, limit: AttemptLimit): void => {
    if (limit.group !== undefined) counter.group = limit.group;
    if (counter.failures === 0) counter.endsAt = now() + limit.windowMs;
    counter.failures++;
    if (limit.delay === undefined || counter.failures < limit.failures) return;
    const { firstMs, maxMs } = limit.delay;
    counter.delayedUntil = now() + Math.min(maxMs, firstMs * 2 ** (counter.failures - limit.failures));
  };

  const forget = (key: string): void => {
    const counter = current(key);
    Object.assign(counter, { failures: 0, delayedUntil: 0 });
    keep(key, counter);
  };

  const keysOf = (group: string): string[] =>
    [...counters].filter(([, counter]) => counter.group === group).map(([key]) => key);

  return {
    admit(limits) {
      const refusals = limits.map((limit) => judge(current(limit.key), limit, now()));
      const wait = Math.max(0, ...refusals.filter((refusal) => typeof refusal === "number"));
      if (wait > 0) return Promise.resolve(wait);
      if (refusals.includes("busy")) return Promise.resolve("busy");
      const attempt = Symbol("attempt");
      for (const { key } of limits) {
        const counter = current(key);
        counter.underWay.set(attempt, now() + ATTEMPT_LEASE_MS);
        keep(key, counter);
      }
      return Promise.resolve({
        settle(outcome) {
          const failures = limits.map((limit) => {
            const counter = current(limit.key);
            counter.underWay.delete(attempt);
            if (outcome === "failed") fail(counter, limit);
            keep(limit.key, counter);
            return counter.failures;
          });
          return Promise.resolve(outcome === "failed" ? failures : []);
        },
      });
    },
    forget(key) {
      forget(key);
      return Promise.resolve();
    },
    forgetGroup(group) {
      for (const key of keysOf(group)) forget(key);
      return Promise.resolve();
    },
    inspectGroup(group) {
      const states = keysOf(group).map((key) => {
        const { failures, endsAt, delayedUntil } = current(key);
        return { key, failures, remainingMs: endsAt - now(), delayMs: Math.max(0, delayedUntil - now()) };
      });
      return Promise.resolve(states.filter(({ failures }) => failures > 0));
    },
  };
}

function judge(counter: Counter, limit: AttemptLimit, now: number): Exclude<Admission, object> | null {
  const isBusy = counter.failures + counter.underWay.size >= limit.failures;
  if (counter.failures < limit.failures) return isBusy ? "busy" : null;
  if (limit.delay === undefined) return counter.endsAt - now;
  if (counter.delayedUntil > now) return counter.delayedUntil - now;
  return counter.underWay.size > 0 ? "busy" : null;
}
