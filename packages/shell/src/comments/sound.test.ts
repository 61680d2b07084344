import { afterEach, expect, test, vi } from "vitest";
import { isSoundOn, playCommentSound } from "./sound";

afterEach(() => vi.unstubAllGlobals());

function stubBrowser(stored: string | null) {
  const started = vi.fn();
  class Node {
    frequency = { value: 0 };
    gain = { setValueAtTime: vi.fn(), exponentialRampToValueAtTime: vi.fn() };
    connect = (to: unknown) => to;
    addEventListener = vi.fn();
    start = started;
    stop = vi.fn();
  }
  class AudioContext {
    currentTime = 0;
    destination = {};
    createOscillator = () => new Node();
    createGain = () => new Node();
  }
  vi.stubGlobal("AudioContext", AudioContext);
  vi.stubGlobal("localStorage", { getItem: () => stored });
  return started;
}

test("a new comment makes no sound until its reader asks for it", () => {
  const started = stubBrowser(null);
  playCommentSound();
  expect([isSoundOn(), started.mock.calls.length]).toEqual([false, 0]);
});

test("it is heard where it was asked for", () => {
  const started = stubBrowser("on");
  playCommentSound();
  expect([isSoundOn(), started.mock.calls.length]).toEqual([true, 1]);
});

test("a browser that stores nothing stays quiet", () => {
  const started = stubBrowser("on");
  vi.stubGlobal("localStorage", {
    getItem: () => {
      throw new Error("denied");
    },
  });
  playCommentSound();
  expect(started).not.toHaveBeenCalled();
});
