import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { dismissToast, showToast, type Toast, toastStore } from "./toasts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  toastStore.age(Number.POSITIVE_INFINITY);
  vi.runAllTimers();
  vi.useRealTimers();
});

const contents = (list: readonly Toast[]) => list.map(({ content }) => content);
const staying = () => contents(toastStore.get().filter(({ leaving }) => !leaving));

test("the newest toast is first, and each leaves after its duration", () => {
  showToast(() => "a");
  toastStore.age(5_000);
  showToast(() => "b");
  expect(staying()).toEqual(["b", "a"]);
  toastStore.age(3_000);
  expect(staying()).toEqual(["b"]);
  expect(contents(toastStore.get())).toEqual(["b", "a"]);
  vi.advanceTimersByTime(200);
  expect(contents(toastStore.get())).toEqual(["b"]);
});

test("a toast is dismissed by its id, once", () => {
  let id = 0;
  showToast((own) => {
    id = own;
    return "a";
  });
  showToast(() => "b");
  const told = vi.fn();
  const stop = toastStore.subscribe(told);
  dismissToast(id);
  dismissToast(id);
  expect(told).toHaveBeenCalledOnce();
  expect(staying()).toEqual(["b"]);
  stop();
});

test("above the limit the oldest toasts leave first", () => {
  for (let n = 1; n <= 32; n++) showToast(() => n);
  expect(staying()).toHaveLength(30);
  expect(staying().at(-1)).toBe(3);
});
