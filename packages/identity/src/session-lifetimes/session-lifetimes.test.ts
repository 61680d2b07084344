import { describe, expect, test } from "vitest";
import { assertConsistent, DEFAULT_LIFETIMES, findContradictions, type SessionLifetimes } from "./session-lifetimes";

const MINUTE = 60;
const DAY = 86_400;
const withValues = (values: Partial<SessionLifetimes>) => findContradictions({ ...DEFAULT_LIFETIMES, ...values });

test("the lifetimes of a new installation do not contradict each other", () => {
  expect(findContradictions(DEFAULT_LIFETIMES)).toEqual([]);
  expect(() => assertConsistent(DEFAULT_LIFETIMES)).not.toThrow();
});

describe("a contradiction is named at the value that promises too much", () => {
  test.each<[Partial<SessionLifetimes>, string, string]>([
    [{ access_token: 16 * MINUTE }, "access_token", "LIFETIME_OF_ACCESS_TOKEN"],
    [{ access_token: 0 }, "access_token", "LIFETIME_OF_ACCESS_TOKEN"],
    [{ idle: 14 * MINUTE }, "idle", "LIFETIME_OUT_OF_RANGE"],
    [{ remembered_absolute: 61 * DAY }, "remembered_absolute", "LIFETIME_OUT_OF_RANGE"],
    [{ idle: 1_000.5 }, "idle", "LIFETIME_OUT_OF_RANGE"],
    [{ idle: Number.NaN }, "idle", "LIFETIME_OUT_OF_RANGE"],
    [{ refresh_token: 61 * DAY }, "refresh_token", "LIFETIME_OF_REFRESH_TOKEN"],
    [{ idle: 2 * DAY }, "idle", "LIFETIME_OVER_ABSOLUTE"],
    [{ remembered_idle: 31 * DAY }, "remembered_idle", "LIFETIME_OVER_ABSOLUTE"],
    [{ remembered_idle: 6 * 3_600 }, "idle", "LIFETIME_OVER_REMEMBERED"],
    [{ absolute: 40 * DAY }, "absolute", "LIFETIME_OVER_REMEMBERED"],
    [{ refresh_token: 10 * MINUTE }, "access_token", "LIFETIME_OVER_REFRESH"],
    [{ refresh_token: 31 * DAY }, "refresh_token", "LIFETIME_OVER_SESSION"],
    [{ portal_session: 31 * DAY }, "portal_session", "LIFETIME_OVER_SESSION"],
  ])("%j", (values, path, message) => {
    expect(withValues(values)).toEqual([{ path, message }]);
    expect(() => assertConsistent({ ...DEFAULT_LIFETIMES, ...values })).toThrow(`${path} (${message})`);
  });

  test("several at once, each at its own", () => {
    expect(withValues({ idle: 2 * DAY, portal_session: 45 * DAY, access_token: 5_000 })).toEqual([
      { path: "access_token", message: "LIFETIME_OF_ACCESS_TOKEN" },
      { path: "idle", message: "LIFETIME_OVER_ABSOLUTE" },
      { path: "portal_session", message: "LIFETIME_OVER_SESSION" },
    ]);
  });
});
