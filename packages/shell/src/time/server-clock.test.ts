import { afterEach, expect, test, vi } from "vitest";
import { learnRenderedAt, learnServerTime, onServerTime, serverNow } from "./server-clock";

const SERVER = Date.parse("2026-11-30T09:00:00Z");
afterEach(() => {
  learnServerTime(new Date().toUTCString());
  vi.useRealTimers();
});

test.each([-7_200_000, 7_200_000, -86_400_000])("a clock that is %i ms off tells the server's time", (error) => {
  vi.useFakeTimers({ now: SERVER + error });
  let told = 0;
  const stop = onServerTime(() => told++);
  learnServerTime(new Date(SERVER).toUTCString());
  learnServerTime(new Date(SERVER).toUTCString());
  stop();
  expect(serverNow()).toBe(SERVER);
  expect(told).toBe(1);
});

test("a right clock is left alone, whatever the way of the answer took, and so is an answer without a date", () => {
  vi.useFakeTimers({ now: SERVER + 2_400 });
  learnServerTime(new Date(SERVER).toUTCString());
  learnServerTime(null);
  learnServerTime("yesterday");
  expect(serverNow()).toBe(SERVER + 2_400);
});

test("a page tells the server's time by when it was drawn, however slowly it came", () => {
  const [error, waitedMs] = [7_200_000, 90_000];
  vi.useFakeTimers({ now: SERVER + error + waitedMs });
  vi.spyOn(performance, "now").mockReturnValue(waitedMs);
  learnRenderedAt(SERVER);
  expect(serverNow()).toBe(SERVER + waitedMs);
  vi.restoreAllMocks();
});
