import { globSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { TABLE_OWNERS } from "@mgs/db/table-owners";
import { expect, test } from "vitest";
import { ROOT } from "./paths";

const page = readFileSync(join(ROOT, "docs/architecture.md"), "utf8");
const section = page.slice(page.indexOf("## Packages and direction"), page.indexOf("## Modules"));

/** Workspace packages that each package imports, by its manifest; the three apps are one entry `apps/*`. */
const imports = new Map<string, Set<string>>();
for (const path of globSync("{apps,packages}/*/package.json", { cwd: ROOT })) {
  const name = path.startsWith("apps/") ? "apps/*" : basename(dirname(path));
  const { dependencies = {} } = JSON.parse(readFileSync(join(ROOT, path), "utf8"));
  const ours = Object.keys(dependencies).flatMap((key) => /^@mgs\/(.+)$/.exec(key)?.[1] ?? []);
  imports.set(name, new Set([...(imports.get(name) ?? []), ...ours]));
}

/** Packages that a box of the diagram stands for: `signin["oidc, portal-auth"]` for two, `portal` for one. */
const boxes = new Map<string, string[]>();
const labelOf = (text: string) => /^([\w-]+)(?:\["(.+)"\])?$/.exec(text.trim());
const drawn = [...section.matchAll(/^ {2}(\S.*?) --> (.+)$/gm)].map(([, from = "", to = ""]) =>
  [from, to].map((text) => {
    const [, id = "", label] = labelOf(text) ?? [];
    if (label !== undefined) boxes.set(id, label.split(", "));
    return id;
  }),
);
const packagesOf = (id = "") => boxes.get(id) ?? [id];
const arrows = drawn.flatMap(([from, to]) =>
  packagesOf(from).flatMap((source) => packagesOf(to).map((target) => ({ source, target }))),
);

function reaches(source: string, target: string): boolean {
  const next = arrows.filter((arrow) => arrow.source === source).map((arrow) => arrow.target);
  return next.includes(target) || next.some((name) => reaches(name, target));
}

test("each arrow of the diagram of packages is an import", () => {
  expect(arrows.length).toBeGreaterThan(20);
  const wrong = drawn.filter(
    ([from, to]) => !packagesOf(from).some((source) => packagesOf(to).some((name) => imports.get(source)?.has(name))),
  );
  expect(wrong).toEqual([]);
});

test("each import of a package follows arrows of the diagram", () => {
  const undrawn = [...imports].flatMap(([source, targets]) =>
    [...targets].filter((target) => !reaches(source, target)).map((target) => `${source} → ${target}`),
  );
  expect(undrawn).toEqual([]);
});

test("the page names each package and each table once", () => {
  const packages = [...section.matchAll(/^\| `([\w-]+)` +\|/gm)].map(([, name]) => name);
  expect(packages.toSorted()).toEqual([...imports.keys()].filter((name) => name !== "apps/*").toSorted());
  const truth = page.slice(page.indexOf("## Where truth lives"), page.indexOf("## Packages and direction"));
  const tables = [...truth.matchAll(/^\| (`.+?) +\|/gm)].flatMap(([, names = ""]) => names.match(/\w+/g) ?? []);
  expect(tables.toSorted()).toEqual(Object.keys(TABLE_OWNERS).toSorted());
});
