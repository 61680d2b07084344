/** Stands where a secret was. */
export const HIDDEN = "[hidden]";

/** A URL in a text, without the quotes around it. */
const URL_IN_TEXT = /(\b[a-z][a-z0-9+.-]{0,30}:)?\/\/([^\s"'<>`]+)/gi;
/** A name and a password that has quotes, which end a URL in a text and are nevertheless taken in one. */
const QUOTED_PASSWORD = /\/\/[^\s"'<>`/?#:]*:(?!\d*["'<>`])[^\s/?#@]*@/g;
const AUTHENTICATION = /\b(Bearer|Basic)\s+\S+/gi;
/** `password=…`, in a query, a form or a connection string. */
const NAMED_VALUE =
  /\b([\w-]{0,40}(?:token|secret|password|passwd|api[-_]?key|signature|code_verifier)|code|state)=[^\s&"']+/gi;
/** What is a secret in an address alone. */
const QUERY_VALUE = /([?&][\w-]{0,40}(?:code|key|dsn)=)[^&\s"']+/gi;
const RESEND_KEY = /\bre_\w{8,}/g;
/** Names of fields that would let somebody in. */
const SECRET_NAME =
  /password|passwd|passphrase|secret|token|authorization|cookie|credential|api[-_]?key|otp|dsn$|^code$|^code_verifier$|^message_body$/i;
const LONGEST_TEXT = 500;
/** How deep fields of the log are looked through. */
const DEEPEST = 3;

/**
 * A text without the credentials that addresses, headers and queries in it may carry. Of a URL that cannot be read in one
 * way only, everything before its last `@` counts as credentials.
 */
export function hideSecrets(text: string): string {
  return text
    .replace(QUOTED_PASSWORD, `//${HIDDEN}@`)
    .replace(URL_IN_TEXT, hideUserInfo)
    .replace(AUTHENTICATION, `$1 ${HIDDEN}`)
    .replace(NAMED_VALUE, `$1=${HIDDEN}`)
    .replace(QUERY_VALUE, `$1${HIDDEN}`)
    .replace(RESEND_KEY, HIDDEN)
    .replaceAll("\u0000", "")
    .toWellFormed();
}

function hideUserInfo(whole: string, scheme: string | undefined, rest: string): string {
  const authority = rest.split(/[/?#]/, 1)[0] ?? "";
  // An address of the web may have an @ in its path, as npm's and Mastodon's do; where the port is no number it is a password.
  const isPlain = /^(https?|wss?):$/i.test(scheme ?? "") && !/:(?!\d*$)/.test(authority.replace(/\[.*\]/, ""));
  const at = (isPlain ? authority : rest).lastIndexOf("@");
  return at === -1 ? whole : `${scheme ?? ""}//${HIDDEN}${rest.slice(at)}`;
}

const knownNames = new Map<string, boolean>();

/** Whether a field's or variable's name says that its value is a secret. */
function isSecretName(name: string): boolean {
  let known = knownNames.get(name);
  if (known === undefined) {
    known = SECRET_NAME.test(name);
    // Names come from the code; what does not is not kept for ever.
    if (knownNames.size < 1_000) knownNames.set(name, known);
  }
  return known;
}

/**
 * Fields of the log without secrets, three levels deep: a copy, or the very same where there are none. Numbers and
 * switches are none, whatever they are called. Errors are left as they are: how they are logged is decided elsewhere.
 */
export function hideSecretFields<T extends object>(fields: T, depth = 1): T {
  let copy: T | null = null;
  for (const key in fields) {
    const value: unknown = fields[key];
    const hidden = isSecret(key, value) ? HIDDEN : hideWithin(value, depth);
    if (hidden === value) continue;
    copy ??= (Array.isArray(fields) ? [...fields] : { ...fields }) as T;
    copy[key] = hidden as T[typeof key];
  }
  return copy ?? fields;
}

function isSecret(name: string, value: unknown): boolean {
  return (typeof value === "string" || (typeof value === "object" && value !== null)) && isSecretName(name);
}

function hideWithin(value: unknown, depth: number): unknown {
  if (typeof value === "string") return value.includes("//") ? hideSecrets(value) : value;
  if (typeof value !== "object" || value === null || value instanceof Error || depth >= DEEPEST) return value;
  return hideSecretFields(value, depth + 1);
}

/** A JSON value as an administrator may see it: fields named like secrets are hidden at any depth, long texts are cut. */
export function maskSecrets(value: unknown): unknown {
  if (typeof value === "string") {
    const text = hideSecrets(value);
    return text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT).toWellFormed()}…` : text;
  }
  if (Array.isArray(value)) return value.map(maskSecrets);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, isSecretName(name) ? HIDDEN : maskSecrets(inner)]),
  );
}
