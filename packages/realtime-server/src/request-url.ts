import type { IncomingMessage } from "node:http";

/** The URL of a request, for its path and query; undefined when the request target is no path. */
export function parseRequestUrl(request: IncomingMessage): URL | undefined {
  const target = request.url ?? "";
  if (!target.startsWith("/")) return undefined;
  return URL.parse(`http://server${target}`) ?? undefined;
}
