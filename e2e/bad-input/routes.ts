import { readdirSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { PORTALS } from "../../packages/core/src/portals";

const APPS = fileURLToPath(new URL("../../apps/", import.meta.url));

/** Every `route.ts` of every app, as `<portal> <folder>`. */
export function routesOnDisk(): string[] {
  return PORTALS.flatMap((portal) => {
    const root = join(APPS, portal, "src", "app");
    return readdirSync(root, { recursive: true, encoding: "utf8" })
      .filter((path) => path.split(sep).at(-1) === "route.ts")
      .map((path) => `${portal} ${relative(root, join(root, dirname(path))).replace(/\([^)]*\)\//g, "")}`);
  }).sort();
}
