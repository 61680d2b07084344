import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { createDebouncedTransitions, WEBHOOK_DELAY_MS } from "./debounced-transitions";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function setUp(delayMs?: number) {
  const reported: string[] = [];
  const transitions = createDebouncedTransitions(
    { onStart: (name) => void reported.push(`+${name}`), onEnd: (name) => void reported.push(`-${name}`) },
    delayMs,
  );
  return { ...transitions, reported };
}

it("reports a start at once, and an end after three seconds", () => {
  const { start, end, reported } = setUp();
  start("a");
  end("a");
  expect(reported).toEqual(["+a"]);
  vi.advanceTimersByTime(WEBHOOK_DELAY_MS - 1);
  expect(reported).toEqual(["+a"]);
  vi.advanceTimersByTime(2);
  expect(reported).toEqual(["+a", "-a"]);
});

it("a start within that time cancels the end and is not reported", () => {
  const { start, end, reported } = setUp();
  start("a");
  for (let round = 0; round < 5; round++) {
    end("a");
    vi.advanceTimersByTime(WEBHOOK_DELAY_MS - 1);
    start("a");
  }
  vi.advanceTimersByTime(10 * WEBHOOK_DELAY_MS);
  expect(reported).toEqual(["+a"]);
});

it("a start after that time is reported", () => {
  const { start, end, reported } = setUp();
  start("a");
  end("a");
  vi.advanceTimersByTime(WEBHOOK_DELAY_MS + 1);
  start("a");
  expect(reported).toEqual(["+a", "-a", "+a"]);
});

it("a repeated start is reported once, and an end without a start is not reported", () => {
  const { start, end, reported } = setUp();
  end("never");
  start("a");
  start("a");
  end("a");
  vi.advanceTimersByTime(WEBHOOK_DELAY_MS / 2);
  // A later end counts: another member left after the first.
  end("a");
  vi.advanceTimersByTime(WEBHOOK_DELAY_MS / 2 + 1);
  expect(reported).toEqual(["+a"]);
  vi.advanceTimersByTime(WEBHOOK_DELAY_MS / 2);
  expect(reported).toEqual(["+a", "-a"]);
});

it("ends that are due at different times are each reported at theirs", () => {
  const { start, end, reported } = setUp(1_000);
  start("a");
  start("b");
  end("a");
  vi.advanceTimersByTime(600);
  end("b");
  vi.advanceTimersByTime(401);
  expect(reported).toEqual(["+a", "+b", "-a"]);
  vi.advanceTimersByTime(600);
  expect(reported).toEqual(["+a", "+b", "-a", "-b"]);
});

it("a stop reports pending ends at once, and nothing later", () => {
  const { start, end, stop, reported } = setUp();
  start("a");
  start("b");
  end("a");
  stop();
  expect(reported).toEqual(["+a", "+b", "-a"]);
  vi.advanceTimersByTime(10 * WEBHOOK_DELAY_MS);
  expect(reported).toEqual(["+a", "+b", "-a"]);
});
