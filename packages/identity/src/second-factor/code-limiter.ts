import { sha256 } from "@mgs/core/crypto";
import type { AttemptLimit } from "../attempt-counters";
import { type AdmittedAttempt, createAttemptGate } from "../attempt-gate";
import { A_DAY, type Lockout, lockoutOf } from "../lockout/lockout";
import type { ScriptRunner } from "../redis-attempt-counters";
import { visitorNetwork } from "../visitor-network";

/** One person's attempt at a code. */
export type CodeCandidate = {
  userId: number;
  /** The visitor's address. */
  ip: string;
  /** The browser, when it has signed in to this account before, or the session that it is in. */
  knownDevice: string | null;
};

/**
 * Counts wrong codes of second factors, apart from wrong passwords: neither uses up the attempts of the other. Only somebody
 * who knows the password gets here; a known device has a count of its own, so such a person cannot shut the owner out.
 */
export type CodeLimiter = {
  /** @throws AppError TOO_MANY_ATTEMPTS with the seconds to wait */
  begin(candidate: CodeCandidate): Promise<AdmittedAttempt>;
  /** Forgets a person's wrong codes, from wherever they came. */
  forget(userId: number): Promise<void>;
  /** Where a person's codes are refused at this moment. */
  findLockout(userId: number): Promise<Lockout | null>;
  /** Whether a person is to be told that somebody was shut out: once an hour. */
  shouldTell(userId: number): Promise<boolean>;
};

/** Prefix of every key in Redis. */
export const CODE_KEYS = "mgs:second-factor:";

const TOLD_WINDOW_MS = 3_600_000;
const FAILURES = 5;
const WINDOW_MS = 300_000;
/** Codes have six digits and three of them are right at a time: a hundred guesses a day find one in nine years on average. */
const FAILURES_A_DAY = 20;
const DAY_MS = 86_400_000;
const DELAY = { firstMs: 1_000, maxMs: 900_000 };

/** @param redis counts shared by all processes; without it, or while it is away, each process counts for itself */
export function createCodeLimiter(redis: ScriptRunner | null, now: () => number = Date.now): CodeLimiter {
  const gate = createAttemptGate(redis, CODE_KEYS, now);
  return {
    begin: (candidate) => gate.begin(limitsOf(candidate)),
    forget: (userId) => gate.forgetGroup(String(userId)),
    async findLockout(userId) {
      return lockoutOf(await gate.inspectGroup(String(userId)), FAILURES);
    },
    async shouldTell(userId) {
      const told = { key: `told:${userId}`, failures: 1, windowMs: TOLD_WINDOW_MS };
      const attempt = await gate.begin([told]).catch(() => null);
      await attempt?.failed();
      return attempt !== null;
    },
  };
}

function limitsOf({ userId, ip, knownDevice }: CodeCandidate): [AttemptLimit, ...AttemptLimit[]] {
  const group = String(userId);
  if (knownDevice !== null) {
    const key = `device:${sha256(`${userId}\n${knownDevice}`)}`;
    return [
      { key, failures: FAILURES, windowMs: WINDOW_MS, group },
      { key: `${key}${A_DAY}`, failures: FAILURES_A_DAY, windowMs: DAY_MS, delay: DELAY, group },
    ];
  }
  return [
    { key: `pair:${userId}:${sha256(visitorNetwork(ip))}`, failures: FAILURES, windowMs: WINDOW_MS, group },
    { key: `account:${userId}`, failures: FAILURES_A_DAY, windowMs: DAY_MS, delay: DELAY, group },
  ];
}
