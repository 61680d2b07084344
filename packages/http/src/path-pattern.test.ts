import { expect, it } from "vitest";
import { createPathMatcher, toFrameworkPath } from "./path-pattern";

it("extracts parameters, and matches everything else literally", () => {
  const find = createPathMatcher("/a.b/{id}/c/{name}");
  expect(find("/a.b/1/c/x%2Fy")).toEqual({ id: "1", name: "x/y" });
  for (const path of ["/aXb/1/c/x", "/a.b//c/x", "/a.b/1/c/x/", "/a.b/1/c"]) expect(find(path), path).toBeNull();
});

it("does not match a segment that cannot be decoded", () => {
  expect(createPathMatcher("/x/{id}")("/x/%E0%A4%A")).toBeNull();
});

it("writes a path in the framework's form", () => {
  expect(toFrameworkPath("/api/notifications/{id}")).toBe("/api/notifications/[id]");
});
