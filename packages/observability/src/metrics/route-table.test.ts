import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { createRouteTable, readNextRoutes } from "./route-table";

const routeOf = createRouteTable([
  "/",
  "/dashboard",
  "/api/notifications",
  "/api/notifications/send",
  "/api/notifications/[id]",
  "/api/[...path]",
  "/oauth/authorize/[uid]",
  "/.well-known/openid-configuration",
]);

it.each([
  ["/", "/"],
  ["/dashboard?x=1", "/dashboard"],
  ["/dashboard/", "/dashboard"],
  ["/api/notifications/send", "/api/notifications/send"],
  ["/api/notifications/0193a5c0-0000-7000-8000-000000000001", "/api/notifications/[id]"],
  ["/api/whatever/there/is", "/api/[...path]"],
  ["/oauth/authorize/abc", "/oauth/authorize/[uid]"],
  ["/.well-known/openid-configuration", "/.well-known/openid-configuration"],
  ["/xwell-known/openid-configuration", "other"],
  ["/_next/static/chunks/a.js", "/_next"],
  ["/wp-login.php", "other"],
  ["//", "/"],
  ["*", "other"],
])("%s is %s", (path, route) => {
  expect(routeOf(path)).toBe(route);
});

it("reads the routes of a Next app from its build, and none without a build", () => {
  const folder = mkdtempSync(join(tmpdir(), "mgs-routes-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  expect(readNextRoutes(folder)).toEqual([]);
  mkdirSync(join(folder, ".next"));
  const manifest = { staticRoutes: [{ page: "/dashboard" }], dynamicRoutes: [{ page: "/a/[id]", regex: "x" }] };
  writeFileSync(join(folder, ".next", "routes-manifest.json"), JSON.stringify(manifest));
  expect(readNextRoutes(folder)).toEqual(["/dashboard", "/a/[id]"]);
});
