import { describe, expect, it } from "vitest";
import { createSemaphore } from "./semaphore";

/** Makes tasks that end when the test calls `end`. */
function createTasks() {
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  return {
    begun,
    work: (name: string) => () => {
      begun.push(name);
      return new Promise<void>((resolve) => ends.set(name, resolve));
    },
    end: (name: string) => ends.get(name)?.(),
  };
}

describe("a semaphore", () => {
  it("runs as many tasks at the same time as it has places, in the order of their start", async () => {
    const { begun, work, end } = createTasks();
    const slots = createSemaphore(2);
    const asked = ["a", "b", "c", "d"].map((name) => slots.start(work(name)));
    await Promise.all(asked.slice(0, 2));
    expect(begun).toEqual(["a", "b"]);
    end("b");
    await asked[2];
    expect(begun).toEqual(["a", "b", "c"]);
    end("a");
    await asked[3];
    expect(begun).toEqual(["a", "b", "c", "d"]);
  });

  it("resolves waitUntilIdle when no task is running", async () => {
    const { work, end } = createTasks();
    const slots = createSemaphore(1);
    await slots.waitUntilIdle();
    await slots.start(work("a"));
    const next = slots.start(work("b"));
    let idle = false;
    const waited = slots.waitUntilIdle().then(() => {
      idle = true;
    });
    end("a");
    await next;
    expect(idle).toBe(false);
    end("b");
    await waited;
  });
});
