import { readFileSync } from "node:fs";
import { PORTALS } from "@mgs/core/portals";
import { unstable_doesMiddlewareMatch as doesProxyMatch } from "next/experimental/testing/server";
import { NextRequest } from "next/server";
import { expect, test } from "vitest";
import { createPageProxy } from "./page-proxy";

const ORIGIN = "http://portal.test";
const pusher = { key: "key", cluster: "eu", host: null, port: null, tls: true };
const proxy = createPageProxy("administration", () => ({
  ...{ pusher, origin: ORIGIN, formAction: () => [], development: false },
}));

/** Garbage in the encoding in which the framework looks for a server action. */
const post = (path: string): Promise<Response> =>
  proxy(
    new NextRequest(`${ORIGIN}${path}`, {
      method: "POST",
      headers: { "content-type": "multipart/form-data; boundary=x" },
      body: "--x\r\ngarbage",
    }),
  );

test.each([
  "/dashboard",
  "/login/erreur",
  "/nowhere",
  "/interaction/aVeryLongInteraction",
  "/interaction/aVeryLongInteraction/login/more",
])("refuses a POST to a page, also at an address that resembles a route: %s", async (path) => {
  const response = await post(path);
  expect(response.status).toBe(405);
  expect(await response.json()).toMatchObject({ error: { code: "METHOD_NOT_ALLOWED" } });
});

test.each([
  "/interaction/aVeryLongInteraction/login",
  "/interaction/aVeryLongInteraction/consent",
  "/broadcasting/auth",
  "/api/auth/backchannel-logout",
  "/api/nowhere/at/all",
  "/health/live",
  "/health/nowhere",
  "/broadcasting/nowhere",
  "/metrics",
])("passes a POST to a route through: %s", async (path) => {
  expect((await post(path)).headers.get("x-middleware-next")).toBe("1");
});

test("rewrites POST /logout to the route", async () => {
  expect((await post("/logout")).headers.get("x-middleware-rewrite")).toBe(`${ORIGIN}/api/logout`);
});

/** Reads from the source of `proxy.ts` the paths for which the framework calls it. */
function matcherOf(portal: string): string[] {
  const source = readFileSync(new URL(`../../../apps/${portal}/src/proxy.ts`, import.meta.url), "utf8");
  return JSON.parse(/matcher: (\[.*\])/.exec(source)?.[1] ?? "[]");
}

test.each(PORTALS)("the proxy of %s checks every path at which the framework could find a server action", (portal) => {
  const config = { matcher: matcherOf(portal) };
  const isChecked = (url: string) => doesProxyMatch({ config, url, nextConfig: {} });
  const pages = [
    "/",
    "/dashboard",
    "/favicon.ico",
    "/icons",
    "/icon.svgz",
    "/_next",
    "/.well-known/nowhere",
    "/api/me",
  ];
  expect(pages.filter((url) => !isChecked(url))).toEqual([]);
  expect(["/_next/static/chunks/a.js", "/_next/image?url=a", "/icon.svg?icon.1.svg"].filter(isChecked)).toEqual([]);
});
