import { expect, it, vi } from "vitest";
import { lazyPromise } from "./lazy-promise";

it("makes one promise for all callers, and another one after a failure", async () => {
  const make = vi.fn<() => Promise<number>>().mockRejectedValueOnce(new Error("away")).mockResolvedValue(7);
  const get = lazyPromise(make);
  expect(make).not.toHaveBeenCalled();
  await expect(Promise.all([get(), get()])).rejects.toThrow("away");
  expect(await Promise.all([get(), get()])).toEqual([7, 7]);
  expect(make).toHaveBeenCalledTimes(2);
});
