import { expect, test } from "vitest";
import { z } from "zod";
import { AppError } from "./errors";
import { validate } from "./validate";

const schema = z.object({ name: z.string(), count: z.int().optional(), tags: z.strictObject({}).optional() });

function refusal(input: unknown): AppError {
  try {
    validate(schema, input);
  } catch (error) {
    if (error instanceof AppError) return error;
  }
  throw new Error("expected an AppError");
}

test("returns the parsed input", () => {
  expect(validate(schema, { name: "x", more: 1 })).toEqual({ name: "x" });
});

test("reports each invalid field with a code of the catalogue", () => {
  const error = refusal({ count: 1.5, tags: { a: 1, b: 2 } });
  expect(error.code).toBe("VALIDATION_ERROR");
  expect(error.details).toEqual([
    { path: "name", message: "REQUIRED" },
    { path: "count", message: "INVALID_NUMBER" },
    { path: "tags.a", message: "UNKNOWN_FIELD" },
    { path: "tags.b", message: "UNKNOWN_FIELD" },
  ]);
});

test("limits the details of an error, and their length", () => {
  const names = Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`\ud800${"k".repeat(90)}${i}`, 1]));
  const { details } = refusal({ name: "x", tags: names });
  expect(details).toHaveLength(20);
  expect(details?.every(({ path }) => path.isWellFormed() && path.length <= 100)).toBe(true);
});
