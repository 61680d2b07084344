import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { ROOT } from "./paths";

const MANIFESTS = globSync(["apps/*/package.json", "packages/*/package.json"], { cwd: ROOT });
const IMPORT = /(?:from|import)\s*\(?\s*"(@mgs\/[\w-]+)/g;

/** Without a line in its manifest an import works only where pnpm happens to have linked the package for another. */
describe.each(MANIFESTS)("%s", (path) => {
  const { name, dependencies = {}, devDependencies = {} } = JSON.parse(readFileSync(join(ROOT, path), "utf8"));
  const files = globSync("**/*.{ts,tsx,css}", {
    cwd: join(ROOT, dirname(path)),
    exclude: ["node_modules/**", "dist/**", ".next/**", "src/generated/**"],
  });
  const imported = new Set(
    files
      .flatMap((file) => [...readFileSync(join(ROOT, dirname(path), file), "utf8").matchAll(IMPORT)])
      .flatMap(([, packageName = ""]) => packageName),
  );
  imported.delete(name);

  it("declares exactly the workspace packages that it imports", () => {
    const declared = [...Object.keys(dependencies), ...Object.keys(devDependencies)].filter((key) =>
      /^@mgs\//.test(key),
    );
    expect(declared.toSorted()).toEqual([...imported].toSorted());
  });
});
