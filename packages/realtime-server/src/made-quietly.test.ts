import { createLogger } from "@mgs/core/logger";
import { listActiveResources } from "@mgs/core/testing/list-active-resources";
import { expect, it } from "vitest";
import { createRedisCluster } from "./cluster/redis/redis-cluster";
import { createRealtimeServer } from "./server";

it("a server starts no timer and no socket when it is made, with all its options", async () => {
  const logger = createLogger("test", "silent");
  const started = await listActiveResources(() => {
    const cluster = createRedisCluster({ url: "redis://127.0.0.1:1", logger });
    createRealtimeServer({
      apps: [{ id: "app", keys: [{ key: "key", secret: "secret" }] }],
      cluster,
      logger,
      operations: { port: 0, host: "127.0.0.1" },
      laravel: { appId: "app", url: "redis://127.0.0.1:1", prefix: "" },
    });
  });
  expect(started).toEqual([]);
});
