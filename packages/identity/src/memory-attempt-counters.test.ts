import { describe, expect, it } from "vitest";
import { ATTEMPT_LEASE_MS, type AttemptCounters, type AttemptLimit } from "./attempt-counters";
import { createMemoryAttemptCounters } from "./memory-attempt-counters";

const fixed: AttemptLimit = { key: "fixed", failures: 2, windowMs: 60_000 };
const growing: AttemptLimit = {
  key: "growing",
  failures: 2,
  windowMs: 60_000,
  delay: { firstMs: 1_000, maxMs: 5_000 },
};

function start() {
  const clock = { now: 1_000_000 };
  return { clock, counters: createMemoryAttemptCounters(() => clock.now) };
}

async function fail(counters: AttemptCounters, ...limits: AttemptLimit[]): Promise<void> {
  const admission = await counters.admit(limits);
  if (typeof admission !== "object") throw new Error(`not admitted: ${admission}`);
  await admission.settle("failed");
}

describe("a window", () => {
  it("begins with its first failure, and ends for all of them", async () => {
    const { clock, counters } = start();
    await fail(counters, fixed);
    clock.now += 50_000;
    await fail(counters, fixed);
    expect(await counters.admit([fixed])).toBe(10_000);
    clock.now += 10_000;
    await fail(counters, fixed);
    await fail(counters, fixed);
    expect(await counters.admit([fixed])).toBe(60_000);
  });
});

describe("a delay", () => {
  it("doubles with each failure over the limit, up to its bound, and the window's end forgets it", async () => {
    const { clock, counters } = start();
    await fail(counters, growing);
    const delays: unknown[] = [];
    for (let n = 0; n < 5; n++) {
      await fail(counters, growing);
      const delay = await counters.admit([growing]);
      delays.push(delay);
      clock.now += Number(delay);
    }
    expect(delays).toEqual([1_000, 2_000, 4_000, 5_000, 5_000]);
    clock.now += 60_000;
    await fail(counters, growing);
    await fail(counters, growing);
    expect(await counters.admit([growing])).toBe(1_000);
  });

  it("that is over lets one attempt through at a time", async () => {
    const { clock, counters } = start();
    await fail(counters, growing);
    await fail(counters, growing);
    clock.now += 1_000;
    const first = await counters.admit([growing]);
    expect(await counters.admit([growing])).toBe("busy");
    if (typeof first === "object") await first.settle("withdrawn");
    expect(await counters.admit([growing])).toMatchObject({});
  });
});

describe("attempts under way", () => {
  it("count until they are settled", async () => {
    const { counters } = start();
    const [first] = [await counters.admit([fixed]), await counters.admit([fixed])];
    expect(await counters.admit([fixed])).toBe("busy");
    if (typeof first === "object") await first.settle("withdrawn");
    expect(await counters.admit([fixed])).toMatchObject({});
    expect(await counters.admit([fixed])).toBe("busy");
  });

  it("that nobody settles count no longer than their lease", async () => {
    const { clock, counters } = start();
    await counters.admit([fixed]);
    await counters.admit([fixed]);
    expect(await counters.admit([fixed])).toBe("busy");
    clock.now += ATTEMPT_LEASE_MS;
    expect(await counters.admit([fixed])).toMatchObject({});
  });

  it("take all of their limits or none", async () => {
    const { counters } = start();
    await fail(counters, growing);
    await fail(counters, growing);
    expect(await counters.admit([fixed, growing])).toBe(1_000);
    await counters.admit([fixed]);
    expect(await counters.admit([fixed])).toMatchObject({});
  });
});

it("what is forgotten begins anew, and spares the attempts under way", async () => {
  const { counters } = start();
  await fail(counters, fixed);
  await counters.admit([fixed]);
  expect(await counters.admit([fixed])).toBe("busy");
  await counters.forget("fixed");
  expect(await counters.admit([fixed])).toMatchObject({});
  expect(await counters.admit([fixed])).toBe("busy");
});
