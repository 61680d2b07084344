import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { createSubscriptionCounts } from "./subscription-counts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it("above 100, of the replicas that changed a count only the last one owns the report", () => {
  const send = vi.fn();
  const { update } = createSubscriptionCounts(send);
  update("app", "a", 101, true);
  update("app", "a", 102, false);
  update("app", "b", 101, false);
  update("app", "b", 102, true);
  vi.advanceTimersByTime(5_000);
  expect(send.mock.calls).toEqual([
    ["app", "a", 102, false],
    ["app", "b", 102, true],
  ]);
});

it("back at 100, the replica that changed the count reports it", () => {
  const send = vi.fn();
  const { update } = createSubscriptionCounts(send);
  update("app", "a", 101, true);
  update("app", "a", 100, false);
  vi.advanceTimersByTime(5_000);
  expect(send.mock.calls).toEqual([["app", "a", 100, false]]);
});
