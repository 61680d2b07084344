import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { expect, test } from "vitest";
import { ROOT_TEXTS } from "./texts";

const ROOT = join(import.meta.dirname, "../../..");
const APP_FILES = globSync("apps/*/src/app/**/{page,layout,error,not-found,loading}.tsx", { cwd: ROOT });

/**
 * Holds the providers of all pages, which use no text, and those of the frame. The root document renders the first alone; the
 * frame is followed through its own file.
 */
const PROVIDERS = "packages/shell/src/providers.tsx";
const ROOT_DOCUMENT = "packages/portal/src/root-document.tsx";

/** Lists a source file and all that it imports, without imports of types. */
function closureOf(file: string, found = new Set<string>()): Set<string> {
  if (found.has(file)) return found;
  found.add(file);
  const text = readFileSync(join(ROOT, file), "utf8");
  const imports = text.matchAll(/(?:^(?:import|export)\b(?! type\b)[^;]*?from |\bimport\()"([^"]+)"/gm);
  for (const [, name = ""] of imports) {
    const next = resolveSource(file, name);
    const isRootsPart = file === ROOT_DOCUMENT && next === PROVIDERS;
    if (next !== null && !isRootsPart) closureOf(next, found);
  }
  return found;
}

function resolveSource(from: string, name: string): string | null {
  const [, pack, path] = /^@mgs\/([\w-]+)\/(.+)$/.exec(name) ?? [];
  const base = pack ? `packages/${pack}/src/${path}` : name.startsWith(".") ? join(dirname(from), name) : null;
  return [".ts", ".tsx"].map((end) => `${base}${end}`).find((file) => existsSync(join(ROOT, file))) ?? null;
}

const matchesIn = (files: Iterable<string>, pattern: RegExp): Set<string> =>
  new Set(
    [...files].flatMap((file) =>
      [...readFileSync(join(ROOT, file), "utf8").matchAll(pattern)].map(([, all = ""]) => all),
    ),
  );

const usedBy = (files: Iterable<string>) =>
  [...matchesIn(files, /\buseTranslations\("([\w.]+)"\)/g)].map((namespace) => namespace.split(".")[0] ?? "");
const sentBy = (files: Iterable<string>) =>
  [...matchesIn(files, /\bgroups=\{\[([^\]]*)\]\}/g)].flatMap((list) =>
    [...list.matchAll(/"(\w+)"/g)].map(([, group = ""]) => group),
  );

/** Lists the layouts around a file of an app, without the root layout, which sends `ROOT_TEXTS`. */
function layoutsAround(file: string): string[] {
  const app = join(file.split("/").slice(0, 4).join("/"));
  const folders = relative(app, dirname(file)).split("/");
  return folders
    .map((_, index) => join(app, ...folders.slice(0, index + 1), "layout.tsx"))
    .filter((layout) => layout !== join(app, "layout.tsx") && layout !== file && existsSync(join(ROOT, layout)));
}

test.each(APP_FILES)("%s gets the texts that its parts use", (file) => {
  const own = closureOf(file);
  const sent = [...ROOT_TEXTS, ...sentBy(own), ...layoutsAround(file).flatMap((layout) => sentBy(closureOf(layout)))];
  expect(usedBy(own).filter((group) => !sent.includes(group))).toEqual([]);
});

test("a page sends no texts that none of its parts uses", () => {
  const unused = APP_FILES.flatMap((file) => {
    const own = closureOf(file);
    const used = usedBy(own);
    return sentBy(own)
      .filter((group) => !used.includes(group))
      .map((group) => `${file}: ${group}`);
  });
  expect(unused).toEqual([]);
});
