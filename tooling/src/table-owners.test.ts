import { globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { FOREIGN_READS, TABLE_OWNERS } from "@mgs/db/table-owners";
import { MODULES } from "@mgs/worker/modules";
import { expect, test } from "vitest";
import { ROOT } from "./paths";
import { parse } from "./testing/find-browser-posts";
import { findTableUses } from "./testing/find-table-uses";
import { readModels } from "./testing/read-models";

const SOURCES = globSync(["packages/*/src/**/*.{ts,tsx}", "apps/*/src/**/*.{ts,tsx}", "tooling/src/**/*.ts"], {
  cwd: ROOT,
  exclude: ["**/generated/**", "**/testing/**", "**/*.{test,itest}.{ts,tsx}"],
});
const SCHEMA_FILES = globSync("prisma/schema/*.prisma", { cwd: ROOT });
const MIGRATIONS = globSync("prisma/migrations/*/migration.sql", { cwd: ROOT });

const read = (file: string) => readFileSync(join(ROOT, file), "utf8");
const owners: Readonly<Record<string, string>> = TABLE_OWNERS;
const allowed = Object.entries(FOREIGN_READS).flatMap(([reader, tables]) =>
  Object.keys(tables).map((table) => `${reader} reads ${table}`),
);

/** `packages/jobs/src/…` is `jobs`, `tooling/src/…` is `tooling`. */
const packageOf = (file: string) => file.replace(/^(?:packages|apps)\//, "").split("/")[0] ?? "";

const models = readModels(SCHEMA_FILES.map(read).join("\n"));
const foreign = SOURCES.flatMap((file) =>
  [...findTableUses(parse(file, read(file)), models)]
    .filter(([table]) => Object.hasOwn(owners, table) && owners[table] !== packageOf(file))
    .map(([table, use]) => ({ file, use: `${packageOf(file)} ${use}s ${table}` })),
);

test("a package's SQL and Prisma calls name its own tables, and those that it may read", () => {
  expect(foreign.filter(({ use }) => !allowed.includes(use))).toEqual([]);
});

test("every entry of FOREIGN_READS is used", () => {
  const used = new Set(foreign.map(({ use }) => use));
  expect(allowed.filter((use) => !used.has(use))).toEqual([]);
});

test("every table and view is in its owner's schema file", () => {
  const tables = SCHEMA_FILES.flatMap((file) =>
    [...readModels(read(file)).values()].map(({ table }) => [table, basename(file, ".prisma")] as const),
  );
  const views = MIGRATIONS.flatMap((file) => [...read(file).matchAll(/CREATE VIEW "(\w+)"/g)].map(([, view]) => view));
  expect(Object.fromEntries(tables)).toEqual(
    Object.fromEntries(Object.entries(owners).filter(([table]) => !views.includes(table))),
  );
  expect(views.filter((view) => view === undefined || !Object.hasOwn(owners, view))).toEqual([]);
});

test("a module names the tables that its package owns", () => {
  for (const { name, tables = [] } of MODULES) {
    expect([...tables].sort(), name).toEqual(
      Object.keys(owners)
        .filter((table) => owners[table] === name)
        .sort(),
    );
  }
});
