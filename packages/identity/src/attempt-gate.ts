import { setTimeout } from "node:timers/promises";
import { AppError } from "@mgs/core/errors";
import type { AttemptCounters, AttemptLimit, CountedAttempt, CountedKey } from "./attempt-counters";
import { createMemoryAttemptCounters } from "./memory-attempt-counters";
import { createRedisAttemptCounters, type ScriptRunner } from "./redis-attempt-counters";

/** How long an attempt waits for others of its kind to end. Checking a password takes a second at most. */
const MAX_WAIT_MS = 30_000;
const FIRST_POLL_MS = 20;
const MAX_POLL_MS = 200;
/** Attempts of one account from one place that wait at the same time, in each process. */
const MAX_WAITING = 50;

/** One attempt that was let through. It counts as a failure until it says that it was none. */
export type AdmittedAttempt = {
  /**
   * @returns `isLast`: it was the one that used an account's limit up. `locks`: after it the next attempt has to wait, whether this was
   *   the first that did so or not
   */
  failed(): Promise<{ isLast: boolean; locks: boolean }>;
  /** Counts for nothing, and the failures of its first limit are forgotten. */
  succeeded(): Promise<void>;
  /** Counts for nothing: nothing was checked. */
  withdrawn(): Promise<void>;
};

/** Admits attempts below their limits; all processes count together. */
export type AttemptGate = {
  /**
   * @param limits the first one's key names the account and the place, and is forgotten after a success
   * @throws AppError TOO_MANY_ATTEMPTS with the seconds to wait
   */
  begin(limits: readonly [AttemptLimit, ...AttemptLimit[]]): Promise<AdmittedAttempt>;
  /** Forgets the failures of every key of a group. */
  forgetGroup(group: string): Promise<void>;
  /** The keys of a group with failures. */
  inspectGroup(group: string): Promise<CountedKey[]>;
};

/**
 * @param redis counts shared by all processes; without it, or while it is away, each process counts for itself, so
 *   that sign-in never needs Redis
 * @param prefix of every key in Redis
 * @param now milliseconds, for what this process counts itself
 */
export function createAttemptGate(
  redis: ScriptRunner | null,
  prefix: string,
  now: () => number = Date.now,
): AttemptGate {
  const memory = createMemoryAttemptCounters(now);
  const counters = redis ? withFallback(createRedisAttemptCounters(redis, prefix), memory) : memory;
  const waiting = new Map<string, number>();

  /** Waits while attempts under way could still use up the limit: how they end decides, not how many came together. */
  const admit = async (first: string, applied: readonly AttemptLimit[]): Promise<CountedAttempt> => {
    const until = Date.now() + MAX_WAIT_MS;
    for (let poll = FIRST_POLL_MS; ; poll = Math.min(2 * poll, MAX_POLL_MS)) {
      const admission = await counters.admit(applied);
      if (typeof admission === "number") throw tooMany(admission);
      if (admission !== "busy") return admission;
      const others = waiting.get(first) ?? 0;
      if (Date.now() >= until || others >= MAX_WAITING) throw tooMany(1_000);
      waiting.set(first, others + 1);
      await setTimeout(poll);
      const left = (waiting.get(first) ?? 1) - 1;
      if (left > 0) waiting.set(first, left);
      else waiting.delete(first);
    }
  };

  return {
    forgetGroup: (group) => counters.forgetGroup(group),
    inspectGroup: (group) => counters.inspectGroup(group),
    async begin(limits) {
      const [own] = limits;
      const attempt = await admit(own.key, limits);
      return {
        async failed() {
          const counts = await attempt.settle("failed");
          const ofAccount = limits.flatMap(({ group, failures }, index) =>
            group === undefined ? [] : [(counts[index] ?? 0) - failures],
          );
          return { isLast: ofAccount.includes(0), locks: ofAccount.some((beyond) => beyond >= 0) };
        },
        async withdrawn() {
          await attempt.settle("withdrawn");
        },
        async succeeded() {
          await Promise.all([attempt.settle("withdrawn"), counters.forget(own.key)]);
        },
      };
    },
  };
}

const tooMany = (delayMs: number): AppError =>
  new AppError("TOO_MANY_ATTEMPTS", { retryAfter: Math.max(1, Math.ceil(delayMs / 1_000)) });

/** Asks the second where the first rejects; an attempt that cannot be settled with the first is counted by the second. */
function withFallback(first: AttemptCounters, second: AttemptCounters): AttemptCounters {
  return {
    async admit(applied) {
      const admission = await first.admit(applied).catch(() => second.admit(applied));
      if (typeof admission !== "object") return admission;
      return {
        settle: (outcome) =>
          admission.settle(outcome).catch(async () => {
            const instead = await second.admit(applied);
            return typeof instead === "object" ? instead.settle(outcome) : [];
          }),
      };
    },
    async forget(key) {
      await Promise.all([first.forget(key).catch(() => undefined), second.forget(key)]);
    },
    async forgetGroup(group) {
      await Promise.all([first.forgetGroup(group).catch(() => undefined), second.forgetGroup(group)]);
    },
    inspectGroup: (group) => first.inspectGroup(group).catch(() => second.inspectGroup(group)),
  };
}
