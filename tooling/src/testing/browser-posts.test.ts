import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ROOT } from "../paths";
import { DOCUMENT_ROWS, SCRIPT_ROWS } from "./browser-post";
import { BROWSER_POSTS } from "./browser-posts";
import { findBrowserPosts, parse, postsOf } from "./find-browser-posts";

const SOURCES = globSync(["packages/*/src/**/*.{ts,tsx}", "apps/*/src/**/*.{ts,tsx}"], {
  cwd: ROOT,
  exclude: ["**/generated/**", "**/testing/**", "**/*.{test,itest}.{ts,tsx}"],
});

const posts = Object.values(BROWSER_POSTS);

test("the list contains exactly what browsers post", () => {
  expect(Object.keys(BROWSER_POSTS).sort()).toEqual(findBrowserPosts(ROOT, SOURCES));
});

test("every entry of the list exists, and every row belongs to a post", () => {
  for (const post of posts) {
    if ("calls" in post) expect(BROWSER_POSTS).toHaveProperty([post.calls]);
    if ("tests" in post) expect(existsSync(join(ROOT, post.tests)), post.tests).toBe(true);
  }
  const documents = posts.flatMap((post) => ("documents" in post ? post.documents : []));
  const scripts = posts.flatMap((post) => ("scripts" in post ? post.scripts : []));
  expect(documents.sort()).toEqual([...DOCUMENT_ROWS].sort());
  expect(scripts.sort()).toEqual([...SCRIPT_ROWS].sort());
});

test("the table of forms that browsers post has every row", () => {
  // Apps and their tests import nothing from here. The other table's rows are this list's by their type.
  const table = readFileSync(join(ROOT, "packages/portal/src/posted-forms.itest.ts"), "utf8");
  const [, rows = ""] = /^const FORMS[^\n]*\n(.*?)^\];/ms.exec(table) ?? [];
  expect([...rows.matchAll(/^ {2}\["([^"]+)"/gm)].map(([, name]) => name)).toEqual([...DOCUMENT_ROWS]);
});

test("finds a post in an action, a form, a call, and behind a name", () => {
  const posted = (text: string, isLoaded = true) => postsOf(parse("x.tsx", text), isLoaded);
  expect(posted('"use server"; export async function a() {} export const b = async () => {}; function c() {}')).toEqual(
    ["a", "b"],
  );
  expect(posted('const a = <form method="get" />; const b = <form method="POST" action="/" />;')).toEqual(["<form>"]);
  expect(posted("const a = <form onSubmit={b}></form>;", false)).toEqual(["<form>"]);
  const calls =
    'const client = { mark: () => call("PATCH", "/") }; function save() { return fetch("/", { method: `PUT` }); }';
  expect(posted(calls)).toEqual(["mark", "save"]);
  expect(posted(calls, false)).toEqual([]);
  expect(posted('navigator.sendBeacon("/"); fetch("/", { method: "GET" }); type M = "POST";')).toEqual(["module"]);
});
