import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { PORTALS, type Portal } from "@mgs/core/portals";
import { toFrameworkPath } from "@mgs/http/path-pattern";
import { identity } from "@mgs/identity/module";
import type { Module } from "@mgs/module/module";
import { notifications } from "@mgs/notifications/module";
import { provider } from "@mgs/oidc/module";
import { portalAuth } from "@mgs/portal-auth/module";
import { describe, expect, it } from "vitest";
import { isRouted } from "./page-proxy";
import { listRoutes } from "./route-table";

const APPS = fileURLToPath(new URL("../../../apps/", import.meta.url));
const MODULES: readonly Module[] = [identity, notifications, provider, portalAuth];

/** Reads each `route.ts` by its folder. */
function mountsOf(portal: Portal): { folder: string; source: string }[] {
  const root = join(APPS, portal, "src", "app");
  return readdirSync(root, { recursive: true, encoding: "utf8" })
    .filter((path) => path.split(sep).at(-1) === "route.ts")
    .map((path) => ({
      folder: `/${relative(root, join(root, dirname(path)))}`,
      source: readFileSync(join(root, path), "utf8"),
    }));
}

const toPattern = (folder: string): RegExp =>
  new RegExp(`^${folder.replace(/\[\.{3}\w+\]/g, ".+").replace(/\[\w+\]/g, "\\[\\w+\\]")}$`);

describe.each(PORTALS)("%s", (portal) => {
  const mounts = mountsOf(portal);
  const paths = listRoutes(portal, MODULES).map(({ path }) => toFrameworkPath(path));

  it("mounts its router in every route.ts, with the folder's own path", () => {
    for (const { folder, source } of mounts) {
      // The formatter breaks a line that is too long.
      expect(source.replace(/\(\s+/g, "(").replace(/,\s+\)/g, ")")).toContain(
        `export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = portal.mount("${folder}");`,
      );
    }
  });

  it("has a route.ts for every route of the table, and for no other", () => {
    expect(paths.filter((path) => !mounts.some(({ folder }) => toPattern(folder).test(path)))).toEqual([]);
    expect(mounts.filter(({ folder }) => !paths.some((path) => toPattern(folder).test(path)))).toEqual([]);
  });

  it("passes every route through its proxy", () => {
    expect(paths.filter((path) => !isRouted(path.replace("[uid]", "abc")))).toEqual([]);
  });
});
