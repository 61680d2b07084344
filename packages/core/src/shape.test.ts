import { expect, test } from "vitest";
import { array, boolean, nullable, number, object, oneOf, type ShapeOf, string } from "./shape";

const person = object({ id: number, name: nullable(string), kind: oneOf("a", "b"), tags: array(string), on: boolean });

test("accepts a value of the shape, also with further fields", () => {
  const value: unknown = { id: 1, name: null, kind: "a", tags: ["x"], on: false, more: 1 };
  expect(person(value)).toBe(true);
  if (person(value)) {
    const typed: ShapeOf<typeof person> = value;
    expect(typed.kind).toBe("a");
  }
});

test.each([
  null,
  "text",
  [],
  {},
  { id: "1", name: null, kind: "a", tags: [], on: true },
  { id: 1, kind: "a", tags: [], on: true },
  { id: 1, name: null, kind: "c", tags: [], on: true },
  { id: 1, name: null, kind: "a", tags: [1], on: true },
  { id: 1, name: null, kind: "a", tags: { length: 0 }, on: true },
])("refuses a value of another shape: %j", (value) => {
  expect(person(value)).toBe(false);
});
