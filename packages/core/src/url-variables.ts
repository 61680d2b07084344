import { z } from "zod";

/** The message contains words that an operator may search for, and never the value. */
const NEEDS_ENCODING_MESSAGE =
  "has a character in its user name, password or path that needs percent-encoding (# is %23, / is %2F, ? is %3F, @ is %40, % is %25)";
const ORIGIN_MESSAGE =
  "must be an http(s) origin alone, such as https://intra.example.com, without path, query or user name";

/**
 * Describes why a URL with credentials is ambiguous, whatever its scheme. A bare `#`, `/` or `?` in a password would end the
 * host name, and parsers would read the rest as a port or a path.
 * @returns undefined when the URL is unambiguous
 */
export function describeMisspelling(url: string): string | undefined {
  const rest = /^[a-z][a-z0-9+.-]*:\/\/(.*)$/is.exec(url)?.[1];
  if (rest === undefined) return "is no URL";
  const end = rest.search(/[/?]/);
  const tail = end === -1 ? "" : rest.slice(end);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the platform's parser drops tabs and line breaks in silence.
  if (/[#\\\s\u0000-\u001f\u007f]/.test(rest) || tail.includes("@") || !isDecodable(rest))
    return NEEDS_ENCODING_MESSAGE;
  return undefined;
}

function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

/** Parses a server's URL. It reads PostgreSQL's form `postgresql://user@/database?host=/folder` as if it named localhost. */
export function parseServerUrl(url: string): URL | null {
  return URL.parse(url) ?? URL.parse(url.replace("@/", "@localhost/"));
}

/**
 * Makes the schema of a server's URL, which may contain a user name and a password.
 * @param schemes without `://`, the usual one first
 */
export function serverUrlVariable(schemes: readonly [string, ...string[]], options: { host?: "optional" } = {}) {
  const named = schemes.map((scheme) => `${scheme}://`).join(" or ");
  return z.string().superRefine((value, context) => {
    const refuse = (message: string) => context.addIssue({ code: "custom", message });
    if (!schemes.some((scheme) => value.toLowerCase().startsWith(`${scheme}://`)))
      return refuse(`must be a ${named} URL`);
    const misspelling = describeMisspelling(value);
    if (misspelling !== undefined) return refuse(misspelling);
    const url = parseServerUrl(value);
    if (url === null) return refuse(`is no URL: its host or port cannot be read, or a part needs percent-encoding`);
    const isSocket = url.hostname === "" || !URL.canParse(value);
    if (isSocket && !(options.host === "optional" && url.searchParams.has("host"))) refuse("names no host");
  });
}

/** An http(s) origin. It drops a slash at the end, and refuses a URL with a path or query rather than ignoring them. */
export const originVariable = z
  .string()
  .refine(
    (value) => {
      const url = URL.parse(value);
      if (url === null || !/^https?:$/.test(url.protocol)) return false;
      return `${url.origin}/` === url.href && !/[?#\\\s]/.test(value);
    },
    { error: ORIGIN_MESSAGE },
  )
  .transform((value) => new URL(value).origin);

/** A host name or address alone; scheme and port have variables of their own. */
export const hostVariable = z.string().refine(
  (value) => {
    const url = URL.parse(`http://${value}`);
    return url !== null && url.href === `${url.origin}/` && url.port === "" && !/[/?#@\\\s]|:\d*$/.test(value);
  },
  { error: "must be a host name alone, such as ws.example.com, without scheme, port or path" },
);

/** A secret for an HTTP header. fetch refuses other characters, with an error that quotes the secret. */
export const headerSecretVariable = z
  .string()
  .regex(/^[\x21-\x7e]+$/, "must be of ASCII characters without spaces, as a header of HTTP is");
