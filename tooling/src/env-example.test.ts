import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ROOT } from "./paths";
import { SECRET_NAMES } from "./secrets";

/** Set by what runs us, and not by the company. */
const NOT_SETTINGS = new Set(["NODE_ENV"]);

/** Handed on by us, read by Node.js itself. */
const READ_BY_NODE = ["NODE_EXTRA_CA_CERTS"];

function readByCode(): Set<string> {
  const files = globSync(
    ["apps/*/src/env.ts", "packages/*/src/env.ts", "packages/*/src/**/env.ts", "tooling/src/env.ts"],
    {
      cwd: ROOT,
      exclude: (path) => path.includes("node_modules"),
    },
  );
  const names = files.flatMap((file) =>
    [...readFileSync(join(ROOT, file), "utf8").matchAll(/^\s*([A-Z][A-Z0-9_]+):/gm)].map((match) => match[1] ?? ""),
  );
  return new Set(names.filter((name) => !NOT_SETTINGS.has(name)));
}

function documented(): { name: string; comment: string }[] {
  const lines = readFileSync(join(ROOT, ".env.example"), "utf8").split("\n");
  let comment = "";
  return lines.flatMap((line) => {
    const name = /^(?:# )?([A-Z][A-Z0-9_]+)=/.exec(line)?.[1];
    if (name) return [{ name, comment }];
    if (line.startsWith("# ")) comment = line.slice(2);
    return [];
  });
}

/** `COMMERCIAL_X` is X for that portal. */
const withoutPortal = (name: string) => name.replace(/^(COMMERCIAL|GESTION_DOSSIER)_(?!URL$)/, "");

test("every variable that the code reads is in .env.example", () => {
  const known = new Set(documented().flatMap(({ name }) => [name, withoutPortal(name)]));
  expect([...readByCode()].filter((name) => !known.has(name))).toEqual([]);
});

test("every variable of .env.example is read by the code", () => {
  const read = new Set([...readByCode(), ...SECRET_NAMES, ...READ_BY_NODE]);
  const unread = documented().filter(({ name }) => !read.has(name) && !read.has(withoutPortal(name)));
  expect(unread.map(({ name }) => name)).toEqual([]);
});

test("every variable is explained, and every secret has a value that the start refuses", () => {
  const variables = documented();
  expect(variables.filter(({ comment }) => comment === "").map(({ name }) => name)).toEqual([]);
  const text = readFileSync(join(ROOT, ".env.example"), "utf8");
  expect(SECRET_NAMES.filter((name) => !new RegExp(`^${name}=.`, "m").test(text))).toEqual([]);
});
