import { describe, expect, it } from "vitest";
import { createBatcher } from "./batch";

const options = { maxBatchSize: 3, maxWaitMs: 60_000, maxConcurrency: 2 };

/** A run that ends when the test resolves it. */
function controlled() {
  const runs: { inputs: readonly number[]; end(): void; fail(error: Error): void }[] = [];
  const run = (inputs: readonly number[]) =>
    new Promise<PromiseSettledResult<number>[]>((resolve, reject) => {
      const answer = (input: number): PromiseSettledResult<number> =>
        input < 0
          ? { status: "rejected", reason: new Error(`no ${input}`) }
          : { status: "fulfilled", value: input * 2 };
      runs.push({ inputs, end: () => resolve(inputs.map(answer)), fail: reject });
    });
  return { runs, run };
}

describe("a batcher", () => {
  it("runs a single input at once, and batches inputs that arrive meanwhile in their order", async () => {
    const { runs, run } = controlled();
    const ask = createBatcher(run, options);
    const answers = [1, 2, 3, 4, 5].map(ask);
    expect(runs.map(({ inputs }) => inputs)).toEqual([[1]]);
    runs[0]?.end();
    expect(await answers[0]).toBe(2);
    runs[1]?.end();
    expect(await Promise.all(answers.slice(1, 4))).toEqual([4, 6, 8]);
    runs[2]?.end();
    expect(await answers[4]).toBe(10);
    expect(runs.map(({ inputs }) => inputs)).toEqual([[1], [2, 3, 4], [5]]);
  });

  it("rejects the input that an error belongs to, and all inputs when the run throws", async () => {
    const { runs, run } = controlled();
    const ask = createBatcher(run, options);
    const first = ask(0);
    const settled = Promise.allSettled([7, -1, 8].map(ask));
    runs[0]?.end();
    await first;
    runs[1]?.end();
    expect((await settled).map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    const alone = ask(9);
    const together = Promise.allSettled([1, 2].map(ask));
    runs[2]?.end();
    await alone;
    runs[3]?.fail(new Error("away"));
    expect((await together).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  });

  it("starts the next run beside one that takes longer than maxWaitMs, up to maxConcurrency", async () => {
    const { runs, run } = controlled();
    const ask = createBatcher(run, { ...options, maxWaitMs: 1 });
    const stuck = ask(1);
    const next = ask(2);
    await expect.poll(() => runs.length).toBe(2);
    runs[1]?.end();
    expect(await next).toBe(4);
    runs[0]?.end();
    expect(await stuck).toBe(2);
  });

  it("keeps the order of the inputs of one key, also while other inputs overtake them", async () => {
    const { runs, run } = controlled();
    const ask = createBatcher(run, { ...options, maxWaitMs: 1, keyOf: (input) => input % 10 });
    const answers = [1, 11, 2, 21].map(ask);
    await expect.poll(() => runs.map(({ inputs }) => inputs)).toEqual([[1], [2]]);
    runs[0]?.end();
    await answers[0];
    runs[1]?.end();
    await expect.poll(() => runs[2]?.inputs).toEqual([11, 21]);
    runs[2]?.end();
    expect(await Promise.all(answers)).toEqual([2, 22, 4, 42]);
  });
});
