import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createArrivalNews, type News } from "./arrival-news";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function open() {
  const told: News<string>[] = [];
  const page = { isVisible: true };
  const news = createArrivalNews<string>({ tell: (one) => told.push(one), isVisible: () => page.isVisible });
  return { told, page, news };
}

test("each arrival is told once, and one like the last is another piece of news", () => {
  const { told, news } = open();
  news.add(["Hery"]);
  vi.runAllTimers();
  news.add(["Hery"]);
  vi.runAllTimers();
  news.resume();
  vi.runAllTimers();
  expect(told.map(({ items }) => items)).toEqual([["Hery"], ["Hery"]]);
  expect(new Set(told.map(({ number }) => number)).size).toBe(2);
});

test("several at once are told together", () => {
  const { told, news } = open();
  for (const name of ["Hery", "Aina", "Hery"]) news.add([name]);
  vi.runAllTimers();
  expect(told.map(({ items }) => items)).toEqual([["Hery", "Aina", "Hery"]]);
});

test("what comes while nobody looks at the page is told when somebody does; a page that is gone tells nothing", () => {
  const { told, page, news } = open();
  page.isVisible = false;
  news.add(["Hery"]);
  vi.runAllTimers();
  news.add(["Aina"]);
  vi.runAllTimers();
  expect(told).toEqual([]);
  page.isVisible = true;
  news.resume();
  vi.runAllTimers();
  expect(told.map(({ items }) => items)).toEqual([["Hery", "Aina"]]);
  news.add(["Zo"]);
  news.stop();
  vi.runAllTimers();
  expect(told).toHaveLength(1);
});
