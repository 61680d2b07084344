import { expect, it } from "vitest";
import { createCodeLimiter } from "./code-limiter";

it("tells where a person's codes are refused: from a network, from a known device, or from everywhere", async () => {
  // No delay ends by itself, however long a busy machine stands still.
  const limiter = createCodeLimiter(null, () => 1_000_000);
  const fail = async (userId: number, ip: string, knownDevice: string | null, times: number) => {
    for (let n = 0; n < times; n++) await (await limiter.begin({ userId, ip, knownDevice })).failed();
  };
  expect(await limiter.findLockout(1)).toBeNull();
  await fail(1, "198.51.100.1", null, 4);
  expect(await limiter.findLockout(1)).toBeNull();
  await fail(1, "198.51.100.1", null, 1);
  expect(await limiter.findLockout(1)).toEqual({ everywhere: false, retryAfter: 300 });
  for (const ip of ["198.51.100.2", "198.51.100.3", "198.51.100.4"]) await fail(1, ip, null, 5);
  expect(await limiter.findLockout(1)).toMatchObject({ everywhere: true });
  await fail(2, "198.51.100.1", "their browser", 5);
  expect(await limiter.findLockout(2)).toEqual({ everywhere: false, retryAfter: 300 });
  // That somebody was told is no attempt.
  await limiter.shouldTell(3);
  expect(await limiter.findLockout(3)).toBeNull();
  await limiter.forget(1);
  expect(await limiter.findLockout(1)).toBeNull();
});
