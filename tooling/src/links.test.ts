import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { PORTAL_MODULES } from "@mgs/cli/portal-modules";
import { createPathMatcher } from "@mgs/http/path-pattern";
import { loadRouteTables } from "@mgs/portal/openapi/create-document";
import { expect, test } from "vitest";
import { ROOT } from "./paths";
import { findAddresses, mayHaveAddress } from "./testing/find-addresses";
import { parse } from "./testing/find-browser-posts";

const SOURCES = globSync(["packages/*/src/**/*.{ts,tsx}", "apps/*/src/**/*.{ts,tsx}"], {
  cwd: ROOT,
  exclude: ["**/generated/**", "**/testing/**", "**/*.{test,itest}.{ts,tsx}", "**/{links,portal-links}.ts"],
});

const LINKS = globSync(["packages/*/src/{links,contract/links}.ts", "packages/core/src/portal-links.ts"], {
  cwd: ROOT,
});

/** Files that write out an address, and why. */
const ALLOWED: Readonly<Record<string, string>> = {
  "packages/comments/src/contract/addresses.ts": "a kind of records names its part of the address",
  "packages/http/src/return-to.ts": "a prefix of several addresses",
  "packages/portal/src/next-settings.ts": "the framework's own table of redirects",
  "packages/realtime-server/src/config/socket-io.ts": "Laravel's path, at a back end of its own",
  "packages/records/src/subject.ts": "a kind of records names its part of the address",
};

test("the address of a page, and of a route of the API, is a function of a links.ts", () => {
  const found = SOURCES.filter((file) => {
    const text = readFileSync(join(ROOT, file), "utf8");
    return mayHaveAddress(text) && findAddresses(parse(file, text)).length > 0;
  });
  expect(found.sort()).toEqual(Object.keys(ALLOWED));
});

test("finds an address in a text, an attribute and a template, but not in a route", () => {
  const find = (text: string) => findAddresses(parse("x.tsx", text));
  // biome-ignore-start lint/suspicious/noTemplateCurlyInString: sources
  expect(
    find('redirect("/dashboard"); const a = <a href="/notifications?filter=unread" />; const b = `/console/${c}`;'),
  ).toEqual(["/dashboard", "/notifications?filter=unread", "/console/"]);
  expect(find("const a = `${url}/logout`;")).toEqual(["/logout"]);
  expect(find('fetch("/api/me"); fetch(`/api/notifications?${c}`); const d = `${e}/broadcasting/auth`;')).toEqual([
    "/api/me",
    "/api/notifications?",
    "/broadcasting/auth",
  ]);
  expect(find('import b from "/notifications-x"; const c = "/apix"; const d = `${e}/rest/api/login`;')).toEqual([]);
  expect(find('const a = { path: "/login/oauth" }; portal.mount("/api/[...path]");')).toEqual([]);
  // biome-ignore-end lint/suspicious/noTemplateCurlyInString: sources
});

const ROUTE = /^\/(?:api|broadcasting)\//;

/** Addresses of routes that functions of `links.ts` files give, by the function's name. */
async function routeLinks(): Promise<[string, string][]> {
  const modules = await Promise.all(LINKS.map((file) => import(join(ROOT, file)) as Promise<Record<string, unknown>>));
  return modules.flatMap((module) =>
    Object.entries(module).flatMap(([name, link]): [string, string][] => {
      const address: unknown = typeof link === "function" ? link("a") : null;
      return typeof address === "string" && ROUTE.test(address) ? [[name, address]] : [];
    }),
  );
}

test("an address of the API is one of the route table", async () => {
  const tables = await loadRouteTables(PORTAL_MODULES);
  const matchers = tables.flatMap(({ routes }) => routes.map(({ path }) => createPathMatcher(path)));
  const isRoute = (address: string) => matchers.some((match) => match(address.replace(/\?.*/, "")) !== null);
  const links = await routeLinks();
  expect(links.map(([name]) => name)).toEqual(expect.arrayContaining(["meApiPath", "changesApiPath", "logoutApiPath"]));
  expect(links.filter(([, address]) => !isRoute(address))).toEqual([]);
});
