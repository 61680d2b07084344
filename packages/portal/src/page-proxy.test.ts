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

/** Garbage in the one encoding that the framework looks for a server action in. */
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
])("a page takes nothing, whoever's address it looks like: POST %s", async (path) => {
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
])("a route answers for itself: POST %s", async (path) => {
  expect((await post(path)).headers.get("x-middleware-next")).toBe("1");
});

test("POST /logout is the route's", async () => {
  expect((await post("/logout")).headers.get("x-middleware-rewrite")).toBe(`${ORIGIN}/api/logout`);
});

/** What the framework calls an app's proxy for; it reads the list from the source. */
function matcherOf(portal: string): string[] {
  const source = readFileSync(new URL(`../../../apps/${portal}/src/proxy.ts`, import.meta.url), "utf8");
  return JSON.parse(/matcher: (\[.*\])/.exec(source)?.[1] ?? "[]");
}

test.each(PORTALS)("%s checks whatever the framework could look for a server action at", (portal) => {
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
