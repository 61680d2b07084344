import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

/** Label of every path without a route, so that visitors cannot create further series. */
const OTHER_LABEL = "other";
/** Label of the framework's assets, since their names are many. */
const ASSETS_LABEL = "/_next";

/**
 * Makes a function from a request's path to its route. Routes are in Next's form, `/a/[id]` and `/a/[...rest]`; the more exact
 * one wins.
 */
export function createRouteTable(patterns: readonly string[]): (path: string) => string {
  const exact = new Set(patterns.filter((pattern) => !pattern.includes("[")));
  const variable = patterns
    .filter((pattern) => pattern.includes("["))
    .sort((a, b) => rank(a) - rank(b) || b.length - a.length)
    .map((pattern) => ({ pattern, matcher: toMatcher(pattern) }));
  return (path) => {
    const end = path.search(/[?#]/);
    const bare = end === -1 ? path : path.slice(0, end);
    const clean = bare.length > 1 && bare.endsWith("/") ? bare.slice(0, -1) : bare;
    if (exact.has(clean)) return clean;
    if (clean.startsWith(`${ASSETS_LABEL}/`)) return ASSETS_LABEL;
    return variable.find(({ matcher }) => matcher.test(clean))?.pattern ?? OTHER_LABEL;
  };
}

const rank = (pattern: string): number => (pattern.includes("[...") ? 1 : 0);

function toMatcher(pattern: string): RegExp {
  const source = pattern
    .split("/")
    .map((part) => {
      if (/^\[\[?\.\.\..+\]$/.test(part)) return ".+";
      return part.startsWith("[") ? "[^/]+" : part.replace(/[.*+?^${}()|\\]/g, "\\$&");
    })
    .join("/");
  return new RegExp(`^${source}$`);
}

const manifest = z.object({
  staticRoutes: z.array(z.object({ page: z.string() })),
  dynamicRoutes: z.array(z.object({ page: z.string() })),
});

/** Reads the routes of the Next app in `folder` from its build; without a build there are none. */
export function readNextRoutes(folder: string = process.cwd()): string[] {
  try {
    const text = readFileSync(join(folder, ".next", "routes-manifest.json"), "utf8");
    const { staticRoutes, dynamicRoutes } = manifest.parse(JSON.parse(text));
    return [...staticRoutes, ...dynamicRoutes].map(({ page }) => page);
  } catch {
    return [];
  }
}
