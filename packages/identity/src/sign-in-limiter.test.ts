import { describe, expect, it } from "vitest";
import { createSignInLimiter, DEFAULT_SIGN_IN_LIMITS, type SignInLimiter } from "./sign-in-limiter";

const limits = { pair: 3, address: 10, account: 8, windowSeconds: 60 };
const refusal = { code: "TOO_MANY_ATTEMPTS", retryAfter: expect.any(Number) };

/** No delay ends by itself, however long a busy machine stands still. */
const standstill = () => 1_000_000;

const begin = (limiter: SignInLimiter, email: string, ip: string, knownDevice: string | null = null) =>
  limiter.begin({ email, ip, knownDevice });

async function fail(limiter: SignInLimiter, email: string, ip: string, knownDevice: string | null = null) {
  await (await begin(limiter, email, ip, knownDevice)).failed();
}

async function pass(limiter: SignInLimiter, email: string, ip: string, knownDevice: string | null = null) {
  await (await begin(limiter, email, ip, knownDevice)).succeeded();
}

describe("failed sign-ins", () => {
  it("of one account from one address are counted", async () => {
    const limiter = createSignInLimiter(null, limits, standstill);
    for (let n = 0; n < limits.pair; n++) await fail(limiter, "a@mgs.mg", "10.0.0.1");
    await expect(begin(limiter, "a@mgs.mg", "10.0.0.1")).rejects.toMatchObject(refusal);
    await pass(limiter, "a@mgs.mg", "10.0.0.2");
    await pass(limiter, "b@mgs.mg", "10.0.0.1");
  });

  it("are five in five minutes, unless told", async () => {
    expect(DEFAULT_SIGN_IN_LIMITS).toEqual({ pair: 5, address: 100, account: 20, windowSeconds: 300 });
    const limiter = createSignInLimiter(null, DEFAULT_SIGN_IN_LIMITS, standstill);
    for (let n = 0; n < 5; n++) await fail(limiter, "a@mgs.mg", "10.0.3.1");
    await expect(begin(limiter, "a@mgs.mg", "10.0.3.1")).rejects.toMatchObject({ ...refusal, retryAfter: 300 });
  });

  it("are forgotten with the first success of the account from there", async () => {
    const limiter = createSignInLimiter(null, limits, standstill);
    for (let round = 0; round < 2; round++) {
      for (let n = 1; n < limits.pair; n++) await fail(limiter, "a@mgs.mg", "10.0.0.1");
      await pass(limiter, "a@mgs.mg", "10.0.0.1");
    }
  });

  it("of one IPv6 network are one visitor's, who has all of its addresses", async () => {
    const limiter = createSignInLimiter(null, { ...limits, account: 1_000 }, standstill);
    for (const ip of ["2001:db8:1:2::1", "2001:db8:1:2:ffff::", "2001:0DB8:1:2:3:4:5:6"]) await fail(limiter, "a", ip);
    await expect(begin(limiter, "a", "2001:db8:1:2:a:b:c:d")).rejects.toMatchObject(refusal);
    for (const other of ["2001:db8:1:3::1", "2001:db8::2:0:0:0:1", "fe80::1%eth0"]) {
      for (let n = 0; n < limits.pair; n++) await fail(limiter, "a", other);
    }
  });

  it("by IPv4 are the same however a socket or a proxy writes the address", async () => {
    const limiter = createSignInLimiter(null, limits, standstill);
    for (const ip of ["10.0.3.1", "::ffff:10.0.3.1", "::FFFF:10.0.3.1"]) await fail(limiter, "a", ip);
    await expect(begin(limiter, "a", "10.0.3.1:40001")).rejects.toMatchObject(refusal);
    for (const other of ["::ffff:10.0.3.2", "::1", "unknown"]) await fail(limiter, "a", other);
  });

  it("of a password that was never looked at count for nothing", async () => {
    const limiter = createSignInLimiter(null, limits, standstill);
    for (let n = 0; n < 3 * limits.address; n++) await (await begin(limiter, "a@mgs.mg", "10.0.0.1")).withdrawn();
  });
});

describe("many sign-ins at once", () => {
  it("with the right password all pass, however many there are", async () => {
    const limiter = createSignInLimiter(null, limits, standstill);
    await Promise.all(Array.from({ length: 6 * limits.pair }, () => pass(limiter, "a@mgs.mg", "10.0.0.1")));
  });

  it("with wrong passwords are no more guesses than one by one", async () => {
    const limiter = createSignInLimiter(null, limits, standstill);
    const looked = await Promise.allSettled(
      Array.from({ length: 40 }, async () => {
        const attempt = await begin(limiter, "a@mgs.mg", "10.0.0.1");
        await new Promise(setImmediate);
        await attempt.failed();
      }),
    );
    const refused = looked.filter(({ status }) => status === "rejected");
    expect(looked.length - refused.length).toBe(limits.pair);
    expect(new Set(refused.map((one) => one.status === "rejected" && one.reason.code))).toEqual(
      new Set(["TOO_MANY_ATTEMPTS"]),
    );
  });

  it("wait for those before them, whose end decides", async () => {
    const limiter = createSignInLimiter(null, limits, standstill);
    const open = await Promise.all([1, 2, 3].map(() => begin(limiter, "a@mgs.mg", "10.0.0.1")));
    const next = begin(limiter, "a@mgs.mg", "10.0.0.1");
    let isThrough = false;
    next.then(() => {
      isThrough = true;
    });
    await new Promise(setImmediate);
    expect(isThrough).toBe(false);
    await open[0]?.succeeded();
    await (await next).succeeded();
  });
});

describe("an office that shares one address", () => {
  it("is counted together, whatever the account, and then slowed down, not shut out", async () => {
    const limiter = createSignInLimiter(null, limits, standstill);
    for (let n = 0; n < limits.address; n++) await fail(limiter, `${n}@mgs.mg`, "10.0.1.1");
    await expect(begin(limiter, "new@mgs.mg", "10.0.1.1")).rejects.toMatchObject({ ...refusal, retryAfter: 1 });
  });

  it("is not slowed down by those who sign in", async () => {
    const limiter = createSignInLimiter(null, limits, standstill);
    for (let n = 0; n < 3 * limits.address; n++) await pass(limiter, `${n}@mgs.mg`, "10.0.2.1");
    for (let n = 0; n < limits.address; n++) await fail(limiter, `x${n}@mgs.mg`, "10.0.2.1");
    await expect(begin(limiter, "last@mgs.mg", "10.0.2.1")).rejects.toMatchObject(refusal);
  });

  it("signs in from its known devices while somebody guesses from there", async () => {
    const limiter = createSignInLimiter(null, limits, standstill);
    for (let n = 0; n < limits.address; n++) await fail(limiter, `${n}@mgs.mg`, "10.0.1.1");
    await expect(begin(limiter, "colleague@mgs.mg", "10.0.1.1")).rejects.toMatchObject(refusal);
    await pass(limiter, "colleague@mgs.mg", "10.0.1.1", "their computer");
  });
});

describe("an account that is guessed at from many addresses", () => {
  it("has a ceiling over all of them, with delays, and stays open to its owner's devices", async () => {
    const limiter = createSignInLimiter(null, limits, standstill);
    for (let n = 0; n < limits.account; n++) await fail(limiter, "victim@mgs.mg", `10.1.0.${n}`);
    await expect(begin(limiter, "victim@mgs.mg", "10.2.0.1")).rejects.toMatchObject({ ...refusal, retryAfter: 1 });
    await pass(limiter, "victim@mgs.mg", "10.2.0.1", "their computer");
    // That success is nobody else's.
    await expect(begin(limiter, "victim@mgs.mg", "10.2.0.1")).rejects.toMatchObject(refusal);
    await pass(limiter, "other@mgs.mg", "10.2.0.1");
  });
});

describe("a known device", () => {
  it("has as many failures as any place has, for each of its accounts", async () => {
    const limiter = createSignInLimiter(null, limits, standstill);
    for (let n = 0; n < limits.pair; n++) await fail(limiter, "a@mgs.mg", `10.3.0.${n}`, "device");
    await expect(begin(limiter, "a@mgs.mg", "10.3.1.1", "device")).rejects.toMatchObject(refusal);
    await pass(limiter, "b@mgs.mg", "10.3.1.1", "device");
    await pass(limiter, "a@mgs.mg", "10.3.1.1", "another");
    await pass(limiter, "a@mgs.mg", "10.3.1.1");
  });
});

describe("somebody who guesses for a whole day, as fast as they are let", () => {
  it.each([
    ["in a browser that is known, or where the person is signed in", "their computer"],
    ["from everywhere", null],
  ])("%s, has some hundred guesses", async (_name, device) => {
    let now = 1_000_000;
    const limiter = createSignInLimiter(null, DEFAULT_SIGN_IN_LIMITS, () => now);
    const end = now + 86_400_000;
    let guesses = 0;
    const seen = new Set<boolean | undefined>();
    while (now < end) {
      const ip = `10.${guesses}.0.1`;
      const refused = await fail(limiter, "victim@mgs.mg", ip, device).then(
        () => null,
        ({ retryAfter }: { retryAfter: number }) => retryAfter,
      );
      if (refused === null) {
        guesses++;
        continue;
      }
      seen.add((await limiter.findLockout("victim@mgs.mg"))?.everywhere);
      now += refused * 1_000;
    }
    expect(guesses).toBeGreaterThan(100);
    expect(guesses).toBeLessThan(130);
    expect([...seen]).toEqual([device === null]);
  });
});

describe("a lockout", () => {
  it("is seen, everywhere or from single networks, and is released for all of them at once", async () => {
    const limiter = createSignInLimiter(null, { ...DEFAULT_SIGN_IN_LIMITS, account: 8 }, standstill);
    const email = "a@mgs.mg";
    expect(await limiter.findLockout(email)).toBeNull();
    for (let n = 0; n < 5; n++) await fail(limiter, email, "198.51.100.1");
    expect(await limiter.findLockout(email)).toEqual({ everywhere: false, retryAfter: 300 });
    for (let n = 0; n < 3; n++) await fail(limiter, email, "203.0.113.1");
    expect(await limiter.findLockout(email)).toMatchObject({ everywhere: true });
    await expect(begin(limiter, email, "192.0.2.1")).rejects.toThrow("TOO_MANY_ATTEMPTS");
    expect(await limiter.findLockout("b@mgs.mg")).toBeNull();
    await limiter.forget(email);
    expect(await limiter.findLockout(email)).toBeNull();
    for (const ip of ["198.51.100.1", "203.0.113.1", "192.0.2.1"]) await pass(limiter, email, ip);
  });
});
