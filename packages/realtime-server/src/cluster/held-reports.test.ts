import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { createHeldReports, HOLD_MS } from "./held-reports";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function start(holdMs?: number) {
  const told: string[] = [];
  const tell = { began: (name: string) => told.push(`+${name}`), ended: (name: string) => told.push(`-${name}`) };
  const reports = createHeldReports(
    { began: (name) => void tell.began(name), ended: (name) => void tell.ended(name) },
    holdMs,
  );
  return { ...reports, told };
}

it("tells a beginning at once, and an end after three seconds", () => {
  const { began, ended, told } = start();
  began("a");
  ended("a");
  expect(told).toEqual(["+a"]);
  vi.advanceTimersByTime(HOLD_MS - 1);
  expect(told).toEqual(["+a"]);
  vi.advanceTimersByTime(2);
  expect(told).toEqual(["+a", "-a"]);
});

it("a return within that time is neither an end nor a beginning", () => {
  const { began, ended, told } = start();
  began("a");
  for (let round = 0; round < 5; round++) {
    ended("a");
    vi.advanceTimersByTime(HOLD_MS - 1);
    began("a");
  }
  vi.advanceTimersByTime(10 * HOLD_MS);
  expect(told).toEqual(["+a"]);
});

it("a return after it is a new beginning", () => {
  const { began, ended, told } = start();
  began("a");
  ended("a");
  vi.advanceTimersByTime(HOLD_MS + 1);
  began("a");
  expect(told).toEqual(["+a", "-a", "+a"]);
});

it("what is told twice, or ends without having begun, is told once, or not at all", () => {
  const { began, ended, told } = start();
  ended("never");
  began("a");
  began("a");
  ended("a");
  vi.advanceTimersByTime(HOLD_MS / 2);
  // A later end counts: somebody else left after the first.
  ended("a");
  vi.advanceTimersByTime(HOLD_MS / 2 + 1);
  expect(told).toEqual(["+a"]);
  vi.advanceTimersByTime(HOLD_MS / 2);
  expect(told).toEqual(["+a", "-a"]);
});

it("ends that are due at different times are each told at theirs", () => {
  const { began, ended, told } = start(1_000);
  began("a");
  began("b");
  ended("a");
  vi.advanceTimersByTime(600);
  ended("b");
  vi.advanceTimersByTime(401);
  expect(told).toEqual(["+a", "+b", "-a"]);
  vi.advanceTimersByTime(600);
  expect(told).toEqual(["+a", "+b", "-a", "-b"]);
});

it("a stop tells at once what has ended, and nothing later", () => {
  const { began, ended, stop, told } = start();
  began("a");
  began("b");
  ended("a");
  stop();
  expect(told).toEqual(["+a", "+b", "-a"]);
  vi.advanceTimersByTime(10 * HOLD_MS);
  expect(told).toEqual(["+a", "+b", "-a"]);
});
