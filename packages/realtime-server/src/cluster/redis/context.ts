import type { Logger } from "@mgs/core/logger";
import type { ClusterReceiver } from "../cluster";
import type { Keys } from "./keys";
import type { Session } from "./session";

/** Times in milliseconds. */
export type Timings = {
  /** How long Redis may take for an answer, and a message to come back. */
  timeoutMs: number;
  /** How often a replica tells that it lives. */
  heartbeatMs: number;
  /** How often it tells what it has and did. */
  reportMs: number;
  /** After how long a silence the others take a replica's state away. */
  silenceMs: number;
  /** How long replicas have to tell of theirs when Redis is back, before what it lacks is taken for gone. */
  graceMs: number;
  /** How long the end of something waits for its return before webhooks tell it. */
  holdMs: number;
  /** How long a topic is still received when nobody here needs it any more. */
  lingerMs: number;
};

/** What the parts of one Redis cluster share. */
export type RedisContext = {
  readonly keys: Keys;
  readonly timings: Timings;
  readonly logger: Logger;
  readonly receiver: ClusterReceiver;
  /** This process, as long as it lives. */
  readonly origin: string;
  /** This process in Redis; another one after each loss of Redis, so that the state of before can be taken away. */
  readonly replica: string;
  /** Set while Redis is there and knows all of this process's state. */
  readonly session: Session | undefined;
  /** While it lasts, who is missing in Redis counts as present. */
  readonly isGrace: boolean;
};
