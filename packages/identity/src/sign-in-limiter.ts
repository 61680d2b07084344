import { sha256 } from "@mgs/core/crypto";
import { AppError } from "@mgs/core/errors";
import { type RateLimiterAbstract, RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from "rate-limiter-flexible";
import { visitorNetwork } from "./visitor-network";

/**
 * Counts sign-in attempts by account and address together, and by address alone with a wider bound. An IPv6 address
 * counts as its network of 64 bits: whoever has one has all of it.
 */
export type SignInLimiter = {
  /** @throws AppError TOO_MANY_ATTEMPTS with the seconds to wait */
  consume(email: string, ip: string): Promise<void>;
  /** Forgets the attempts of an account that has just proved itself. */
  forget(email: string, ip: string): Promise<void>;
};

export type SignInLimits = {
  /** Attempts a window for one account from one address. */
  pair: number;
  /** Attempts a window for one address, whatever the account. */
  address: number;
  /** Seconds. */
  window: number;
};

/** What every key in Redis begins with. */
export const SIGN_IN_KEYS = "mgs:sign-in:";

export const DEFAULT_SIGN_IN_LIMITS: SignInLimits = { pair: 5, address: 100, window: 300 };

/**
 * @param redis counts shared by all processes; without it, or while it is away, each process counts for itself, so
 *   that sign-in never needs Redis
 */
export function createSignInLimiter(redis: unknown, limits: SignInLimits = DEFAULT_SIGN_IN_LIMITS): SignInLimiter {
  const make = (keyPrefix: string, points: number): RateLimiterAbstract => {
    const memory = new RateLimiterMemory({ keyPrefix, points, duration: limits.window });
    return redis
      ? new RateLimiterRedis({
          storeClient: redis,
          keyPrefix,
          points,
          duration: limits.window,
          insuranceLimiter: memory,
        })
      : memory;
  };
  const pairs = make(`${SIGN_IN_KEYS}pair`, limits.pair);
  const addresses = make(`${SIGN_IN_KEYS}ip`, limits.address);
  const pairKey = (email: string, network: string) => sha256(`${email}\n${network}`);
  return {
    async consume(email, ip) {
      const network = visitorNetwork(ip);
      try {
        await addresses.consume(network);
        await pairs.consume(pairKey(email, network));
      } catch (refusal) {
        if (!(refusal instanceof RateLimiterRes)) throw refusal;
        throw new AppError("TOO_MANY_ATTEMPTS", { retryAfter: Math.max(1, Math.ceil(refusal.msBeforeNext / 1_000)) });
      }
    },
    async forget(email, ip) {
      const network = visitorNetwork(ip);
      // A whole office signs in from one address in the morning: only what failed counts against it.
      await Promise.all([pairs.delete(pairKey(email, network)), addresses.reward(network)]);
    },
  };
}
