import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

/** The label of what matches no known route: whatever visitors ask for, there is one series for it. */
const OTHER = "other";
/** Assets of the framework: many names, one label. */
const ASSETS = "/_next";

/**
 * A function from a request's path to its route. Routes are written as Next writes them: `/a/[id]`, `/a/[...rest]`; the
 * more exact one wins.
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
    if (clean.startsWith(`${ASSETS}/`)) return ASSETS;
    return variable.find(({ matcher }) => matcher.test(clean))?.pattern ?? OTHER;
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

/** Routes of the Next app in `folder`, as its build lists them; none where there is no build to be read. */
export function nextRoutes(folder: string = process.cwd()): string[] {
  try {
    const text = readFileSync(join(folder, ".next", "routes-manifest.json"), "utf8");
    const { staticRoutes, dynamicRoutes } = manifest.parse(JSON.parse(text));
    return [...staticRoutes, ...dynamicRoutes].map(({ page }) => page);
  } catch {
    return [];
  }
}
