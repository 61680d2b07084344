const PARAMETER = /\{(\w+)\}/g;

/** Finds a pattern's parameters in a path. */
export type PathMatcher = (pathname: string) => Record<string, string> | null;

/** Tells whether a path of the route table has parameters. */
export function hasParameters(pattern: string): boolean {
  return pattern.includes("{");
}

/**
 * Makes the matcher of a pattern such as `/api/notifications/{id}`. A parameter is one segment that is not empty; the matcher
 * decodes it. A segment that is no percent-encoded UTF-8 (RFC 3986 section 2.5) does not match.
 */
export function createPathMatcher(pattern: string): PathMatcher {
  const names = [...pattern.matchAll(PARAMETER)].map(([, name = ""]) => name);
  const source = pattern
    .split(PARAMETER)
    .map((piece, index) => (index % 2 === 0 ? piece.replace(/[.*+?^$()|[\]\\]/g, "\\$&") : "([^/]+)"))
    .join("");
  const regex = new RegExp(`^${source}$`);
  return (pathname) => {
    const values = regex.exec(pathname)?.slice(1);
    if (!values) return null;
    try {
      return Object.fromEntries(names.map((name, index) => [name, decodeURIComponent(values[index] ?? "")]));
    } catch {
      return null;
    }
  };
}

/** Writes a pattern in the framework's form, which labels metrics: `/api/notifications/[id]`. */
export function toFrameworkPath(pattern: string): string {
  return pattern.replace(PARAMETER, "[$1]");
}
