import { describe, expect, it } from "vitest";
import { createSignInLimiter } from "./sign-in-limiter";

const limits = { pair: 3, address: 10, window: 60 };
const refusal = { code: "TOO_MANY_ATTEMPTS", retryAfter: expect.any(Number) };

describe("attempts", () => {
  it("of one account from one address are counted", async () => {
    const limiter = createSignInLimiter(null, limits);
    for (let n = 0; n < limits.pair; n++) await limiter.consume("a@mgs.mg", "10.0.0.1");
    await expect(limiter.consume("a@mgs.mg", "10.0.0.1")).rejects.toMatchObject(refusal);
    await limiter.consume("a@mgs.mg", "10.0.0.2");
    await limiter.consume("b@mgs.mg", "10.0.0.1");
  });

  it("of one address are counted, whatever the account", async () => {
    const limiter = createSignInLimiter(null, limits);
    for (let n = 0; n < limits.address; n++) await limiter.consume(`${n}@mgs.mg`, "10.0.1.1");
    await expect(limiter.consume("new@mgs.mg", "10.0.1.1")).rejects.toMatchObject(refusal);
  });

  it("that succeed count for nothing: an office may share one address", async () => {
    const limiter = createSignInLimiter(null, limits);
    for (let n = 0; n < 3 * limits.address; n++) {
      await limiter.consume(`${n}@mgs.mg`, "10.0.2.1");
      await limiter.forget(`${n}@mgs.mg`, "10.0.2.1");
    }
    for (let n = 0; n < limits.address; n++) await limiter.consume(`x${n}@mgs.mg`, "10.0.2.1");
    await expect(limiter.consume("last@mgs.mg", "10.0.2.1")).rejects.toMatchObject(refusal);
  });
});
