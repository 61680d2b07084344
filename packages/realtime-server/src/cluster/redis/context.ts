import type { Logger } from "@mgs/core/logger";
import type { ClusterReceiver } from "../cluster";
import { WEBHOOK_DELAY_MS } from "../debounced-transitions";
import type { Keys } from "./keys";
import type { RedisConnectionPair } from "./redis-connection-pair";

/** Times in milliseconds. */
export type Timings = {
  /** How long Redis may take for an answer, and a message to come back. */
  timeoutMs: number;
  /** How often a replica renews its entry in the list of replicas. */
  heartbeatMs: number;
  /** How often a replica writes its statistics. */
  reportMs: number;
  /** Silence after which the other replicas remove a replica's state. */
  replicaTimeoutMs: number;
  /** Time that replicas have to publish their state again when Redis is back, before members missing in it are removed. */
  graceMs: number;
  /** How long a webhook that ends something is delayed, for a return to cancel it. */
  webhookDelayMs: number;
  /** How long a topic without a local subscriber stays subscribed. */
  unsubscribeDelayMs: number;
};

export const defaultTimings: Timings = {
  timeoutMs: 1_000,
  heartbeatMs: 5_000,
  reportMs: 1_000,
  replicaTimeoutMs: 15_000,
  graceMs: 10_000,
  webhookDelayMs: WEBHOOK_DELAY_MS,
  unsubscribeDelayMs: 5_000,
};

/** What the parts of one Redis cluster share. */
export type RedisContext = {
  readonly keys: Keys;
  readonly timings: Timings;
  readonly logger: Logger;
  readonly receiver: ClusterReceiver;
  /** Names this process for its whole life. */
  readonly processId: string;
  /**
   * Names the state of this process in Redis. It changes after each loss of Redis, so that the state under the earlier
   * name can be removed.
   */
  readonly replica: string;
  /** Set while Redis answers and has all of this process's state. */
  readonly redis: RedisConnectionPair | undefined;
  /** Set while Redis answers and this process's state is being written. */
  readonly recovering: RedisConnectionPair | undefined;
  /** While it is true, members that Redis does not list still count as present. */
  readonly isInGracePeriod: boolean;
};

/** The context as `recovery.ts` changes it. */
export type MutableRedisContext = { -readonly [Name in keyof RedisContext]: RedisContext[Name] };
