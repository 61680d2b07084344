import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { createSubscriptionCounts } from "./subscription-counts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it("above 100, of the replicas that changed a count only the last one owns the report", () => {
  const tell = vi.fn();
  const { update: counted } = createSubscriptionCounts(tell);
  counted("app", "a", 101, true);
  counted("app", "a", 102, false);
  counted("app", "b", 101, false);
  counted("app", "b", 102, true);
  vi.advanceTimersByTime(5_000);
  expect(tell.mock.calls).toEqual([
    ["app", "a", 102, false],
    ["app", "b", 102, true],
  ]);
});

it("back at 100, the replica that changed the count reports it", () => {
  const tell = vi.fn();
  const { update: counted } = createSubscriptionCounts(tell);
  counted("app", "a", 101, true);
  counted("app", "a", 100, false);
  vi.advanceTimersByTime(5_000);
  expect(tell.mock.calls).toEqual([["app", "a", 100, false]]);
});
