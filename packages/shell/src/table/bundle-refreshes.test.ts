import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { bundleRefreshes } from "./bundle-refreshes";

let runs: number[] = [];
let durationMs = 0;
let held: "for-reader" | "unseen" | null = null;
let waiting: boolean[] = [];
const refresh = async () => {
  runs.push(Date.now());
  await new Promise((resolve) => setTimeout(resolve, durationMs));
};
const bundle = () => bundleRefreshes({ refresh, isHeld: () => held, onWaiting: (now) => waiting.push(now) });

beforeEach(() => {
  vi.useFakeTimers();
  vi.setSystemTime(0);
  vi.spyOn(Math, "random").mockReturnValue(0.5);
  runs = [];
  waiting = [];
  durationMs = 0;
  held = null;
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe("refreshes of a list", () => {
  it("are one for all changes of a second, and the last change is never left out", async () => {
    const { ask } = bundle();
    for (let change = 0; change < 100; change += 1) {
      ask();
      await vi.advanceTimersByTimeAsync(50);
    }
    await vi.advanceTimersByTimeAsync(5_000);
    expect(runs.length).toBeGreaterThanOrEqual(5);
    expect(runs.length).toBeLessThanOrEqual(6);
    expect(runs.at(-1)).toBeGreaterThanOrEqual(99 * 50);
    for (const [at, run] of runs.entries()) expect(run - (runs[at - 1] ?? -1_000)).toBeGreaterThanOrEqual(1_000);
  });

  it("come more rarely where each takes long", async () => {
    durationMs = 2_000;
    const { ask } = bundle();
    for (let second = 0; second < 30; second += 1) {
      ask();
      await vi.advanceTimersByTimeAsync(1_000);
    }
    expect(runs.length).toBe(3);
  });

  it("wait while somebody would be disturbed, and say so once", async () => {
    held = "for-reader";
    const { ask } = bundle();
    ask();
    await vi.advanceTimersByTimeAsync(10_000);
    ask();
    await vi.advanceTimersByTimeAsync(10_000);
    expect([runs, waiting]).toEqual([[], [true]]);
    held = null;
    await vi.advanceTimersByTimeAsync(1_000);
    expect([runs.length, waiting]).toEqual([1, [true, false]]);
  });

  it("wait without a word while nobody looks", async () => {
    held = "unseen";
    const { ask } = bundle();
    ask();
    await vi.advanceTimersByTimeAsync(5_000);
    expect([runs, waiting]).toEqual([[], []]);
    held = "for-reader";
    await vi.advanceTimersByTimeAsync(1_000);
    expect(waiting).toEqual([true]);
    held = null;
    await vi.advanceTimersByTimeAsync(1_000);
    expect([runs.length, waiting]).toEqual([1, [true, false]]);
  });

  it("come at once when a person asks, go on after a failure, and end", async () => {
    held = "for-reader";
    const failing = vi.fn(() => Promise.reject(new Error("no network")));
    const { ask, runNow, stop } = bundleRefreshes({ refresh: failing, isHeld: () => held });
    ask();
    runNow();
    expect(failing).toHaveBeenCalledTimes(1);
    held = null;
    await vi.advanceTimersByTimeAsync(2_000);
    ask();
    await vi.advanceTimersByTimeAsync(2_000);
    expect(failing).toHaveBeenCalledTimes(2);
    ask();
    stop();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(failing).toHaveBeenCalledTimes(2);
  });

  it("do not wait forever for an answer that never comes", async () => {
    durationMs = 1e9;
    const { ask } = bundle();
    ask();
    await vi.advanceTimersByTimeAsync(1_000);
    ask();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(runs.length).toBe(2);
  });
});
