import { describe, expect, it } from "vitest";
import { z } from "zod";
import { columnSort, listHref, readListSearch, viewQueryOf } from "./list-query";

const schema = z.strictObject({
  search: z.string().max(5).optional(),
  state: z
    .string()
    .regex(/^(a|b)(,(a|b))*$/)
    .optional(),
  sort: z.enum(["due", "-due"]).default("-due"),
  after: z.string().optional(),
});

describe("the address of a list", () => {
  it("has values that the schema takes; several are one list, empty ones are none", () => {
    expect(readListSearch(schema, { state: ["a", "b"], search: " x ", sort: "", utm: "1" })).toEqual({
      values: { state: "a,b", search: "x" },
      invalid: {},
    });
  });

  it("names what means nothing", () => {
    expect(readListSearch(schema, { state: "c", search: "too long", sort: ["due", "due"] })).toEqual({
      values: {},
      invalid: { state: "c", search: "too long", sort: "due,due" },
    });
  });

  it("begins at the first page with another filter, and keeps the others", () => {
    const values = { state: "a", search: "x", after: "c" };
    expect(listHref("/l", values)).toBe("/l?search=x&state=a");
    expect(listHref("/l", values, { state: undefined, sort: "due" })).toBe("/l?search=x&sort=due");
    expect(listHref("/l", values, { after: "d" })).toBe("/l?after=d&search=x&state=a");
    expect(listHref("/l", { after: "c" })).toBe("/l");
    expect(viewQueryOf(values)).toBe("search=x&state=a");
  });

  it("turns a column's order round at the second press", () => {
    expect(columnSort("/l", {}, "-due", "due")).toEqual({ href: "/l?sort=due", current: "descending" });
    expect(columnSort("/l", {}, "due", "due")).toEqual({ href: "/l?sort=-due", current: "ascending" });
    expect(columnSort("/l", {}, "due", "-updated")).toEqual({ href: "/l?sort=-updated", current: null });
  });
});
