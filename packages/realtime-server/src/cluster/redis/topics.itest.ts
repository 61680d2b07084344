import { randomUUID } from "node:crypto";
import { createLogger } from "@mgs/core/logger";
import { expect, it, onTestFinished, vi } from "vitest";
import { defaultTimings } from "./context";
import { createKeys } from "./keys";
import { openConnectionPair, type RedisConnectionPair } from "./redis-connection-pair";
import { parseRedisUrl } from "./redis-url";
import { createTopics } from "./topics";

const APP = "app";
const SOON = { timeout: 20_000 };

/** Topics of a process that is on its way back to Redis, with a connection pair that is not in use yet. */
async function createReturning() {
  const keys = createKeys(`test:${randomUUID()}:`);
  const target = parseRedisUrl(process.env.MGS_TEST_REDIS_URL ?? "");
  const opened = await openConnectionPair(target, 5_000, {
    onMessage: () => undefined,
    onMoved: () => undefined,
    onLost: () => undefined,
  });
  let inUse: RedisConnectionPair | undefined;
  const topics = createTopics(
    {
      keys,
      timings: { ...defaultTimings, unsubscribeDelayMs: 40 },
      logger: createLogger("realtime-server", "fatal"),
      receiver: {
        onMessage: () => undefined,
        onMemberAdded: () => undefined,
        onMemberRemoved: () => undefined,
        onSubscriptionCount: () => undefined,
        raiseWebhook: () => undefined,
        collectReports: () => [],
        bindSocket: () => "absent",
      },
      processId: "origin",
      replica: "process.1",
      get redis() {
        return inUse;
      },
      recovering: undefined,
      isInGracePeriod: false,
    },
    () => undefined,
  );
  topics.start();
  onTestFinished(() => {
    topics.stop();
    opened.close();
  });
  const subscribers = async (name: string) => {
    const channel = keys.topic(APP, name);
    const answer = await opened.run((client) => client.call("PUBSUB", "SHARDNUMSUB", channel));
    return (answer as [string, number])[1];
  };
  /** Redis answers the subscriptions of `subscribeAll` when `released` resolves. */
  const slowly = (released: Promise<unknown>): RedisConnectionPair => ({
    ...opened,
    async subscribe(channels) {
      await opened.subscribe(channels);
      await released;
    },
  });
  const use = () => {
    inUse = opened;
  };
  return { topics, opened, subscribers, slowly, use };
}

it("a topic that ends while it is being subscribed on the way back to Redis leaves no subscription there", async () => {
  const { topics, slowly, subscribers, use } = await createReturning();
  topics.listen(APP, "a");
  topics.listen(APP, "b");
  const answer = Promise.withResolvers<void>();
  const subscribing = topics.subscribeAll(slowly(answer.promise));
  topics.unlisten(APP, "a");
  await vi.waitFor(() => expect(topics.get(APP, "a")).toBeUndefined(), SOON);
  answer.resolve();
  await subscribing;
  use();
  await vi.waitFor(async () => expect(await subscribers("a")).toBe(0), SOON);
  expect(await subscribers("b")).toBe(1);
});

it("a topic that ends between its subscription and the use of the connection pair leaves none either", async () => {
  const { topics, opened, subscribers, use } = await createReturning();
  topics.listen(APP, "a");
  topics.listen(APP, "b");
  await topics.subscribeAll(opened);
  topics.unlisten(APP, "a");
  // One that was never subscribed ends meanwhile: the sweeper has looked.
  topics.listen(APP, "c");
  topics.unlisten(APP, "c");
  await vi.waitFor(() => expect(topics.get(APP, "c")).toBeUndefined(), SOON);
  use();
  await vi.waitFor(async () => expect(await subscribers("a")).toBe(0), SOON);
  expect(await subscribers("b")).toBe(1);
});

it("a topic that ends while it is being subscribed and is needed again is subscribed", async () => {
  const { topics, slowly, opened, subscribers } = await createReturning();
  topics.listen(APP, "a");
  const answer = Promise.withResolvers<void>();
  const subscribing = topics.subscribeAll(slowly(answer.promise));
  topics.unlisten(APP, "a");
  await vi.waitFor(() => expect(topics.get(APP, "a")).toBeUndefined(), SOON);
  topics.listen(APP, "a");
  answer.resolve();
  await subscribing;
  expect(topics.hasUnsubscribed()).toBe(true);
  await topics.subscribeAll(opened);
  expect(topics.get(APP, "a")?.isSubscribed).toBe(true);
  expect(await subscribers("a")).toBe(1);
});
