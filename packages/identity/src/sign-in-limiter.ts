import { sha256 } from "@mgs/core/crypto";
import type { AttemptLimit } from "./attempt-counters";
import { type AdmittedAttempt, createAttemptGate } from "./attempt-gate";
import { A_DAY, type Lockout, lockoutOf } from "./lockout/lockout";
import type { ScriptRunner } from "./redis-attempt-counters";
import { visitorNetwork } from "./visitor-network";

/** A sign-in attempt, as far as it is known before the password is checked. */
export type SignInCandidate = {
  email: string;
  /** The visitor's address. An IPv6 address counts as its network of 64 bits, of which a visitor has every address. */
  ip: string;
  /** Id of the browser, when it has signed in to this account before: see `known-device.ts`. */
  knownDevice: string | null;
};

/**
 * Counts failed sign-ins (docs/decisions/0046-sign-in-limits.md): by account and network together, by network and by account
 * with wider bounds. A known device has counts of its own and is touched by none of these.
 */
export type SignInLimiter = {
  /** @throws AppError TOO_MANY_ATTEMPTS with the seconds to wait */
  begin(candidate: SignInCandidate): Promise<AdmittedAttempt>;
  /** Forgets an account's failed sign-ins, from wherever they came: nobody has to wait any more. */
  forget(email: string): Promise<void>;
  /** Where an account is locked at this moment. */
  findLockout(email: string): Promise<Lockout | null>;
};

export type SignInLimits = {
  /** Failures a window of one account from one network, and of one account from one known device. */
  pair: number;
  /** Failures a window from one network, whatever the account; after that, growing delays until the window ends. */
  address: number;
  /** Failures a day of one account from all unknown devices together, and from each known one; after that, growing delays. */
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
  const gate = createAttemptGate(redis, SIGN_IN_KEYS, now);
  return {
    begin: (candidate) => gate.begin(limitsOf(candidate, limits)),
    forget: (email) => gate.forgetGroup(sha256(email)),
    async findLockout(email) {
      return lockoutOf(await gate.inspectGroup(sha256(email)), limits.pair);
    },
  };
}

function limitsOf(candidate: SignInCandidate, limits: SignInLimits): [AttemptLimit, ...AttemptLimit[]] {
  const windowMs = limits.windowSeconds * 1_000;
  const account = sha256(candidate.email);
  const aDay = {
    ...{ failures: limits.account, windowMs: ACCOUNT_WINDOW_MS, group: account },
    delay: { firstMs: FIRST_DELAY_MS, maxMs: MAX_ACCOUNT_DELAY_MS },
  };
  if (candidate.knownDevice !== null) {
    const device = `device:${sha256(`${account}\n${candidate.knownDevice}`)}`;
    // Whoever sits down at an open browser, or has copied its cookie, would have 1,440 guesses a day by windows alone.
    return [
      { key: device, failures: limits.pair, windowMs, group: account },
      { key: `${device}${A_DAY}`, ...aDay },
    ];
  }
  const network = visitorNetwork(candidate.ip);
  return [
    { key: `pair:${sha256(`${account}\n${network}`)}`, failures: limits.pair, windowMs, group: account },
    { key: `ip:${network}`, failures: limits.address, windowMs, delay: { firstMs: FIRST_DELAY_MS, maxMs: windowMs } },
    { key: `account:${account}`, ...aDay },
  ];
}
