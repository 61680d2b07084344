import { z } from "zod";

/** Characters of a URI (RFC 3986 section 2): a backslash, a blank, a quote or a letter with an accent is none of them. */
const URI_CHARACTERS = /^[A-Za-z0-9\-._~:/?[\]@!$&'()+,;=%]+$/;
/** `.` and `..` as a whole segment of a path, plain or encoded: clients and proxies resolve them differently. */
const DOT_SEGMENT = /(?:^|\/)(?:\.|%2e){1,2}(?:\/|$)/i;
/** Hosts that reach this very machine alone, where plain HTTP may be used (RFC 8252 section 7.3). */
const LOOPBACK_HOSTS: ReadonlySet<string> = new Set(["localhost", "127.0.0.1", "[::1]"]);
const MAX_URI_CHARACTERS = 2_000;

/** Why an address may not be registered; null when it may. */
export function problemOfClientUri(uri: string): ClientUriProblem | null {
  if (uri.length > MAX_URI_CHARACTERS) return "TOO_LONG";
  if (uri.includes("#")) return "URI_FRAGMENT";
  if (uri.includes("*")) return "URI_WILDCARD";
  if (!URI_CHARACTERS.test(uri) || !/^https?:\/\/[^/?]/i.test(uri) || !URL.canParse(uri)) return "URI_NOT_ABSOLUTE";
  const { protocol, hostname, username, password } = new URL(uri);
  if (username !== "" || password !== "" || /^https?:\/\/[^/?]*@/i.test(uri)) return "URI_CREDENTIALS";
  const [, path = ""] = /^https?:\/\/[^/?]*([^?]*)/i.exec(uri) ?? [];
  if (DOT_SEGMENT.test(path)) return "URI_DOT_SEGMENTS";
  if (protocol === "http:" && !LOOPBACK_HOSTS.has(hostname)) return "URI_NOT_HTTPS";
  return null;
}
export type ClientUriProblem =
  | "TOO_LONG"
  | "URI_FRAGMENT"
  | "URI_WILDCARD"
  | "URI_NOT_ABSOLUTE"
  | "URI_CREDENTIALS"
  | "URI_DOT_SEGMENTS"
  | "URI_NOT_HTTPS";

/**
 * An address of a client: a redirect URI (RFC 9700 section 2.1), a post-logout one, or that of back-channel logout. Absolute, compared
 * character by character, and so without a fragment, a wildcard, credentials or dot segments; https, except on this machine.
 */
export const clientUri = z.string().superRefine((uri, context) => {
  const problem = problemOfClientUri(uri);
  if (problem !== null) context.addIssue({ code: "custom", message: problem });
});

/** An address that an old system used, plain HTTP included: it moves over as it is (`client:import`). */
export const importedClientUri = z.string().refine((uri) => [null, "URI_NOT_HTTPS"].includes(problemOfClientUri(uri)));
