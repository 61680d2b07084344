import { setTimeout as delay } from "node:timers/promises";
import { RateLimiterMemory } from "rate-limiter-flexible";
import { expect, it } from "vitest";
import { createBlockLimiter } from "./rate-limit-blocks";

it("takes no point of an expired block, even when the store answered late", async () => {
  let asked = 0;
  class Slow extends RateLimiterMemory {
    override async consume(key: string, points?: number) {
      asked += 1;
      const answer = await super.consume(key, points);
      await delay(300);
      return answer;
    }
  }
  const take = createBlockLimiter(new Slow({ points: 10, duration: 1 }), 10);
  await take("someone");
  await delay(800);
  await take("someone");
  expect(asked).toBe(2);
});
