import { expect, test } from "vitest";
import { destinationOf } from "./href";

const portals = [
  { portal: "administration", url: "http://localhost:3000" },
  { portal: "commercial", url: "http://localhost:3001" },
] as const;
const from = (href: string | null) => destinationOf(href, "http://localhost:3000", portals);

test.each([
  ["http://localhost:3000/a?b=1#c", { kind: "here", path: "/a?b=1#c" }],
  ["http://localhost:3001/dashboard", { kind: "portal" }],
  ["https://example.org/", { kind: "external" }],
])("%s", (href, expected) => {
  expect(from(href)).toMatchObject({ ...expected, href });
});

test.each([null, "javascript:alert(1)", "data:text/html,x", "not an address", "/path"])(
  "%s has no destination",
  (href) => {
    expect(from(href)).toBeNull();
  },
);
