import { randomUUID } from "node:crypto";
import { createLogger } from "@mgs/core/logger";
import type { AppDefinition } from "../apps";
import type { Cluster } from "../cluster/cluster";
import type { Timings } from "../cluster/redis/context";
import { createRedisCluster } from "../cluster/redis/redis-cluster";
import type { Limits } from "../limits";
import type { RealtimeServerOptions } from "../options";
import type { WebhookEvent } from "../webhooks/webhooks";
import { APP, startServer, type TestServer } from "./start-server";

/** A server of a cluster, with the webhook events that it raised. */
export type TestReplica = TestServer & {
  readonly raised: WebhookEvent[];
  /** Warnings that it logged. */
  readonly warnings: string[];
  readonly cluster: Cluster;
};

export type ReplicasSetup = {
  /** The global setup's Redis when unset. */
  url?: string;
  /** A cluster of its own when unset. */
  prefix?: string;
  timings?: Partial<Timings>;
  limits?: Partial<Limits>;
  settings?: Partial<AppDefinition>;
  app?: typeof APP;
  options?: Partial<RealtimeServerOptions>;
};

/**
 * Short where a test waits for the time. Long where a loaded machine would look like a lost Redis or a dead replica.
 */
export const quickTimings: Partial<Timings> = {
  timeoutMs: 10_000,
  heartbeatMs: 200,
  graceMs: 4_000,
  webhookDelayMs: 300,
  unsubscribeDelayMs: 200,
};

/** Servers that act as one, each of which ends with the test. */
export async function startReplicas<const N extends number>(
  count: N,
  { url = process.env.MGS_TEST_REDIS_URL ?? "", prefix = `test:${randomUUID()}:`, ...setup }: ReplicasSetup = {},
): Promise<Replicas<N>> {
  const replicas: TestReplica[] = [];
  for (let index = 0; index < count; index++) replicas.push(await startReplica({ url, prefix, ...setup }));
  return replicas as Replicas<N>;
}

type Replicas<N extends number> = N extends 2
  ? [TestReplica, TestReplica]
  : N extends 3
    ? [TestReplica, TestReplica, TestReplica]
    : TestReplica[];

export async function startReplica({
  url = process.env.MGS_TEST_REDIS_URL ?? "",
  prefix,
  timings,
  limits = {},
  settings = {},
  app = APP,
  options = {},
}: ReplicasSetup): Promise<TestReplica> {
  const raised: WebhookEvent[] = [];
  const warnings: string[] = [];
  const cluster = createRedisCluster({
    url,
    prefix,
    logger: createLogger("realtime-server", "warn", { write: (line) => void warnings.push(line) }),
    timings: { ...quickTimings, ...timings },
  });
  const server = await startServer({
    app,
    limits: { closeGraceMs: 10_000, ...limits },
    settings: { webhooks: [{ url: "http://localhost:9/" }], ...settings },
    options: {
      ...options,
      cluster,
      webhooks: { raise: (_app, event) => void raised.push(event), stop: () => Promise.resolve() },
    },
  });
  return { ...server, raised, warnings, cluster };
}
