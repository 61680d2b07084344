import { expect, it, vi } from "vitest";
import { AppError } from "./errors";

it("recognizes AppErrors of another copy of the module", async () => {
  vi.resetModules();
  const copy: typeof import("./errors") = await import("./errors");
  expect(copy.AppError).not.toBe(AppError);
  expect(new copy.AppError("NOT_FOUND")).toBeInstanceOf(AppError);
});

it.each([new Error("NOT_FOUND"), { code: "NOT_FOUND" }, null, "NOT_FOUND"])("%s is no AppError", (value) => {
  expect(value instanceof AppError).toBe(false);
});
