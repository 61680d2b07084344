import { setTimeout as delay } from "node:timers/promises";
import { RateLimiterMemory } from "rate-limiter-flexible";
import { expect, it } from "vitest";
import { createPointLeases } from "./point-leases";

it("gives no point of a window that has ended, however late the store's answer came", async () => {
  let asked = 0;
  class Slow extends RateLimiterMemory {
    override async consume(key: string, points?: number) {
      asked += 1;
      const answer = await super.consume(key, points);
      await delay(300);
      return answer;
    }
  }
  const take = createPointLeases(new Slow({ points: 10, duration: 1 }), 10);
  await take("someone");
  await delay(800);
  await take("someone");
  expect(asked).toBe(2);
});
