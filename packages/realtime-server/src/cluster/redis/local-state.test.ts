import { expect, it, vi } from "vitest";
import { defaultTimings, type RedisContext } from "./context";
import { createDelayedWebhooks } from "./delayed-webhooks";
import { createKeys } from "./keys";
import { createLocalState } from "./local-state";

import type { RedisConnectionPair } from "./redis-connection-pair";
import { CHANGE_TOPIC } from "./scripts/change-topic";
import type { Script } from "./scripts/script";
import type { Topics } from "./topics";

/** A connection pair that answers its calls in order, each one turn of the event loop later; `log` records the calls. */
function createAnsweringPair(log: string[]): RedisConnectionPair {
  let last: Promise<unknown> = Promise.resolve();
  const answer = <T>(value: T): Promise<T> => {
    last = last.then(() => new Promise(setImmediate));
    return last.then(() => value);
  };
  const client = {
    sadd: () => answer(1),
    hset: () => answer(1),
    zrangebyscore: () => answer([]),
    hdel(_registry: string, name: string) {
      log.push(`unregister ${name}`);
      return answer(1);
    },
  };
  const redis = {
    publishCommand: "SPUBLISH",
    isOpen: true,
    run: (command: (on: typeof client) => unknown) => command(client),
    runScript(script: Script, [key = ""]: readonly string[], args: readonly (string | number)[]) {
      if (script !== CHANGE_TOPIC) return answer(["0"]);
      const [, , , count = ""] = args;
      if (count !== "") log.push(`count ${count} ${/presence-\d+/.exec(key)?.[0]}`);
      return answer(["ok", "1", 0, count === "" ? "0" : "1", 0, Number(count === 0), [], []]);
    },
  };
  return redis as unknown as RedisConnectionPair;
}

it("keeps a topic in the registry until its end is published, however many end together", async () => {
  const log: string[] = [];
  const context = {
    keys: createKeys("test:"),
    timings: { ...defaultTimings, timeoutMs: 5 },
    processId: "process",
    replica: "process.1",
    redis: createAnsweringPair(log),
    receiver: { raiseWebhook: () => undefined, onSubscriptionCount: () => undefined },
  } as unknown as RedisContext;
  const delayedWebhooks = createDelayedWebhooks(context);
  delayedWebhooks.start();
  const own = createLocalState(context, { get: () => undefined } as unknown as Topics, delayedWebhooks);
  // More than one batch publishes.
  const names = Array.from({ length: 500 }, (_, index) => `presence-${index}`);
  await Promise.all(names.map((name) => own.join("app", name, { userId: "1", info: undefined }, 100)));
  for (const name of names) own.setSubscriptionCount("app", name, 1);
  await own.flush();
  log.length = 0;

  for (const name of names) {
    own.leave("app", name, "1");
    own.setSubscriptionCount("app", name, 0);
  }
  await own.flush();
  await vi.waitFor(
    () => expect(log.filter((line) => line.startsWith("unregister"))).toHaveLength(names.length),
    15_000,
  );
  const early = names.filter((name) => log.indexOf(`unregister ${name}`) < log.indexOf(`count 0 ${name}`));
  expect(early).toEqual([]);
  delayedWebhooks.stop();
});
