import { describe, expect, it } from "vitest";
import { createSignInLimiter, DEFAULT_SIGN_IN_LIMITS } from "./sign-in-limiter";

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

  it("are five in five minutes, unless told", async () => {
    expect(DEFAULT_SIGN_IN_LIMITS).toEqual({ pair: 5, address: 100, window: 300 });
    const limiter = createSignInLimiter(null);
    for (let n = 0; n < 5; n++) await limiter.consume("a@mgs.mg", "10.0.3.1");
    await expect(limiter.consume("a@mgs.mg", "10.0.3.1")).rejects.toMatchObject(refusal);
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

  it("of one IPv6 network are one visitor's, who has all of its addresses", async () => {
    const limiter = createSignInLimiter(null, limits);
    for (const ip of ["2001:db8:1:2::1", "2001:db8:1:2:ffff::", "2001:0DB8:1:2:3:4:5:6"])
      await limiter.consume("a", ip);
    await expect(limiter.consume("a", "2001:db8:1:2:a:b:c:d")).rejects.toMatchObject(refusal);
    await limiter.forget("a", "2001:db8:1:2::7");
    await limiter.consume("a", "2001:db8:1:2::8");
    for (const other of ["2001:db8:1:3::1", "2001:db8::2:0:0:0:1", "fe80::1%eth0"]) {
      for (let n = 0; n < limits.pair; n++) await limiter.consume("a", other);
    }
  });

  it("by IPv4 are the same however a socket writes the address", async () => {
    const limiter = createSignInLimiter(null, limits);
    for (const ip of ["10.0.3.1", "::ffff:10.0.3.1", "::FFFF:10.0.3.1"]) await limiter.consume("a", ip);
    await expect(limiter.consume("a", "10.0.3.1")).rejects.toMatchObject(refusal);
    for (const other of ["::ffff:10.0.3.2", "::1", "unknown"]) await limiter.consume("a", other);
  });
});
