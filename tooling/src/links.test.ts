import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ROOT } from "./paths";
import { parse } from "./testing/find-browser-posts";
import { findPageAddresses, mayHavePageAddress } from "./testing/find-page-addresses";

const SOURCES = globSync(["packages/*/src/**/*.{ts,tsx}", "apps/*/src/**/*.{ts,tsx}"], {
  cwd: ROOT,
  exclude: ["**/generated/**", "**/testing/**", "**/*.{test,itest}.{ts,tsx}", "**/{links,portal-links}.ts"],
});

/** Files that write out an address, and why. */
const ALLOWED: Readonly<Record<string, string>> = {
  "packages/http/src/return-to.ts": "a prefix of several addresses",
  "packages/portal/src/next-settings.ts": "the framework's own table of redirects",
};

test("the address of a page is a function of a links.ts", () => {
  const found = SOURCES.filter((file) => {
    const text = readFileSync(join(ROOT, file), "utf8");
    return mayHavePageAddress(text) && findPageAddresses(parse(file, text)).length > 0;
  });
  expect(found.sort()).toEqual(Object.keys(ALLOWED));
});

test("an address is seen in a text, an attribute and a template, and not in a route", () => {
  const find = (text: string) => findPageAddresses(parse("x.tsx", text));
  // biome-ignore-start lint/suspicious/noTemplateCurlyInString: sources
  expect(
    find('redirect("/dashboard"); const a = <a href="/notifications?filter=unread" />; const b = `/console/${c}`;'),
  ).toEqual(["/dashboard", "/notifications?filter=unread", "/console/"]);
  expect(find("const a = `${url}/logout`;")).toEqual(["/logout"]);
  expect(find('const a = "/api/notifications"; import b from "/notifications-x"; const c = `${d}/api/login`;')).toEqual(
    [],
  );
  expect(find('const a = { path: "/login/oauth" }; portal.mount("/login/oauth");')).toEqual([]);
  // biome-ignore-end lint/suspicious/noTemplateCurlyInString: sources
});
