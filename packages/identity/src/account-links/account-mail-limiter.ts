import { sha256 } from "@mgs/core/crypto";
import { createAttemptGate } from "../attempt-gate";
import type { ScriptRunner } from "../redis-attempt-counters";
import { visitorNetwork } from "../visitor-network";

/** Prefix of every key in Redis. */
export const ACCOUNT_MAIL_KEYS = "mgs:account-mail:";

const HOUR_MS = 3_600_000;
/** Requests an hour of one address from one network. */
const MAX_PER_PAIR = 3;
/** Requests a day of one address, from wherever; after that, growing delays, so that no stranger keeps its owner out for a day. */
const MAX_PER_ADDRESS = 12;
/** Requests an hour from one network, whatever the address: they cost rows of the outbox. */
const MAX_PER_NETWORK = 60;
const FIRST_DELAY_MS = 60_000;

/** Counts requests for a link by mail. Whether the address has an account plays no part in it. */
export type AccountMailLimiter = {
  /** Counts a request. @throws AppError TOO_MANY_ATTEMPTS with the seconds to wait */
  take(request: { email: string; ip: string }): Promise<void>;
};

/** @param redis counts shared by all processes; while it is away, each process counts for itself */
export function createAccountMailLimiter(redis: ScriptRunner | null, now: () => number = Date.now): AccountMailLimiter {
  const gate = createAttemptGate(redis, ACCOUNT_MAIL_KEYS, now);
  return {
    async take({ email, ip }) {
      const [address, network] = [sha256(email), visitorNetwork(ip)];
      const attempt = await gate.begin([
        { key: `pair:${sha256(`${address}\n${network}`)}`, failures: MAX_PER_PAIR, windowMs: HOUR_MS },
        { key: `ip:${network}`, failures: MAX_PER_NETWORK, windowMs: HOUR_MS },
        {
          key: `address:${address}`,
          failures: MAX_PER_ADDRESS,
          windowMs: 24 * HOUR_MS,
          delay: { firstMs: FIRST_DELAY_MS, maxMs: HOUR_MS },
        },
      ]);
      await attempt.failed();
    },
  };
}
