const PATTERN = /^([a-z][a-z0-9+.-]*):\/\/(\*\.)?([^/?#@*\s]+)$/i;

/** Whether a text is an origin, or one with `*.` before its host name; `*` is every origin. */
export function isOriginPattern(text: string): boolean {
  return text === "*" || PATTERN.test(text);
}

/**
 * Whether a page of this origin may use an app. A caller other than a page sends no origin, and needs its
 * signature alone. `https://*.example` is every name below `example`, at any depth, and not `example` itself.
 * @param allowed unset: every origin
 */
export function isOriginAllowed(origin: string | undefined, allowed: readonly string[] | undefined): boolean {
  if (allowed === undefined || origin === undefined) return true;
  const given = normalizeOrigin(origin);
  return allowed.some((pattern) => pattern === "*" || (given !== undefined && matches(given, pattern)));
}

type Origin = { scheme: string; host: string };

function matches(given: Origin, pattern: string): boolean {
  const [, scheme = "", wildcard, host = ""] = PATTERN.exec(pattern) ?? [];
  const wanted = normalizeOrigin(`${scheme}://${host}`);
  if (wanted === undefined || wanted.scheme !== given.scheme) return false;
  return wildcard === undefined ? given.host === wanted.host : given.host.endsWith(`.${wanted.host}`);
}

/** Lower case, and without the port that its scheme has anyway. */
function normalizeOrigin(origin: string): Origin | undefined {
  if (!PATTERN.test(origin)) return undefined;
  const url = URL.parse(origin);
  return url === null ? undefined : { scheme: url.protocol, host: url.host.toLowerCase() };
}
