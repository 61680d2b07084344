import type { IncomingMessage } from "node:http";

/** A request target as proxies write it, and as every server has to take it (RFC 9112 section 3.2.2). */
const ABSOLUTE = /^https?:\/\/[^/?#@]+/i;

/**
 * The URL of a request, for its path and query, whatever the host.
 * @returns undefined when the request target has no path, or the request names two hosts (RFC 9112 section 3.2)
 */
export function parseRequestUrl(request: IncomingMessage): URL | undefined {
  if (countHosts(request) > 1) return undefined;
  const target = request.url ?? "";
  const path = target.replace(ABSOLUTE, "");
  const isAbsolute = path !== target;
  if (path.startsWith("/")) return URL.parse(`http://server${path}`) ?? undefined;
  return isAbsolute && (path === "" || path.startsWith("?"))
    ? (URL.parse(`http://server/${path}`) ?? undefined)
    : undefined;
}

/** Counts `Host` headers: Node keeps the first of several without an error. */
function countHosts({ rawHeaders }: IncomingMessage): number {
  let hosts = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    if (rawHeaders[index]?.length === 4 && rawHeaders[index]?.toLowerCase() === "host") hosts++;
  }
  return hosts;
}
