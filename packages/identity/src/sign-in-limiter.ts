import { setTimeout } from "node:timers/promises";
import { sha256 } from "@mgs/core/crypto";
import { AppError } from "@mgs/core/errors";
import type { AttemptCounters, AttemptLimit, CountedAttempt } from "./attempt-counters";
import { createMemoryAttemptCounters } from "./memory-attempt-counters";
import { createRedisAttemptCounters, type ScriptRunner } from "./redis-attempt-counters";
import { visitorNetwork } from "./visitor-network";

/** A sign-in attempt, as far as it is known before the password is checked. */
export type SignInCandidate = {
  email: string;
  /** The visitor's address. An IPv6 address counts as its network of 64 bits, of which a visitor has every address. */
  ip: string;
  /** Id of the browser, when it has signed in to this account before: see `known-device.ts`. */
  knownDevice: string | null;
};

/** One attempt that was let through. It counts as a failure until it says that it was none. */
export type SignInAttempt = {
  failed(): Promise<void>;
  /** Counts for nothing, and the failures of this account from here are forgotten. */
  succeeded(): Promise<void>;
  /** Counts for nothing: the password was not checked. */
  withdrawn(): Promise<void>;
};

/**
 * Counts failed sign-ins (docs/decisions/0046-sign-in-limits.md): by account and network together, by network and by account
 * with wider bounds. A known device has its own count and is touched by none of these.
 */
export type SignInLimiter = {
  /** @throws AppError TOO_MANY_ATTEMPTS with the seconds to wait */
  begin(candidate: SignInCandidate): Promise<SignInAttempt>;
};

export type SignInLimits = {
  /** Failures a window of one account from one network, and of one account from one known device. */
  pair: number;
  /** Failures a window from one network, whatever the account; after that, growing delays until the window ends. */
  address: number;
  /** Failures a day of one account, from wherever; after that, growing delays. */
  account: number;
  windowSeconds: number;
};

/** Prefix of every key in Redis. */
export const SIGN_IN_KEYS = "mgs:sign-in:";

export const DEFAULT_SIGN_IN_LIMITS: SignInLimits = { pair: 5, address: 100, account: 20, windowSeconds: 300 };

const ACCOUNT_WINDOW_MS = 86_400_000;
/** Lets a stranger guess a hundred times a day; NIST SP 800-63B section 3.2.2 allows that number in all. */
const MAX_ACCOUNT_DELAY_MS = 900_000;
const FIRST_DELAY_MS = 1_000;

/** How long an attempt waits for others of its kind to end. Checking a password takes a second at most. */
const MAX_WAIT_MS = 30_000;
const FIRST_POLL_MS = 20;
const MAX_POLL_MS = 200;
/** Attempts of one account from one place that wait at the same time, in each process. */
const MAX_WAITING = 50;

/**
 * @param redis counts shared by all processes; without it, or while it is away, each process counts for itself, so
 *   that sign-in never needs Redis
 * @param now milliseconds, for what this process counts itself
 */
export function createSignInLimiter(
  redis: ScriptRunner | null,
  limits: SignInLimits = DEFAULT_SIGN_IN_LIMITS,
  now: () => number = Date.now,
): SignInLimiter {
  const memory = createMemoryAttemptCounters(now);
  const counters = redis ? withFallback(createRedisAttemptCounters(redis, SIGN_IN_KEYS), memory) : memory;
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
    async begin(candidate) {
      const [own, ...wider] = limitsOf(candidate, limits);
      const attempt = await admit(own.key, [own, ...wider]);
      return {
        failed: () => attempt.settle("failed"),
        withdrawn: () => attempt.settle("withdrawn"),
        async succeeded() {
          await Promise.all([attempt.settle("withdrawn"), counters.forget(own.key)]);
        },
      };
    },
  };
}

function limitsOf(candidate: SignInCandidate, limits: SignInLimits): [AttemptLimit, ...AttemptLimit[]] {
  const windowMs = limits.windowSeconds * 1_000;
  const account = sha256(candidate.email);
  if (candidate.knownDevice !== null) {
    const device = sha256(`${account}\n${candidate.knownDevice}`);
    return [{ key: `device:${device}`, failures: limits.pair, windowMs }];
  }
  const network = visitorNetwork(candidate.ip);
  return [
    { key: `pair:${sha256(`${account}\n${network}`)}`, failures: limits.pair, windowMs },
    { key: `ip:${network}`, failures: limits.address, windowMs, delay: { firstMs: FIRST_DELAY_MS, maxMs: windowMs } },
    {
      key: `account:${account}`,
      failures: limits.account,
      windowMs: ACCOUNT_WINDOW_MS,
      delay: { firstMs: FIRST_DELAY_MS, maxMs: MAX_ACCOUNT_DELAY_MS },
    },
  ];
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
            if (typeof instead === "object") await instead.settle(outcome);
          }),
      };
    },
    async forget(key) {
      await Promise.all([first.forget(key).catch(() => undefined), second.forget(key)]);
    },
  };
}
