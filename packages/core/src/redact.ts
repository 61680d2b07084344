/** Replaces a secret. */
export const HIDDEN = "[hidden]";

/** Matches a URL in a text, without the quotes around it. */
const URL_IN_TEXT = /(\b[a-z][a-z0-9+.-]{0,30}:)?\/\/([^\s"'<>`]+)/gi;
/** Matches a name and a password with quotes: quotes end a URL in a text, although a password may contain them. */
const QUOTED_PASSWORD = /\/\/[^\s"'<>`/?#:]*:(?!\d*["'<>`])[^\s/?#@]*@/g;
const AUTHENTICATION = /\b(Bearer|Basic)\s+\S+/gi;
/** Matches `password=…` in a query, a form or a connection string. */
const NAMED_VALUE =
  /\b([\w-]{0,40}(?:token|secret|password|passwd|api[-_]?key|signature|code_verifier)|code|state)=[^\s&"']+/gi;
/** Matches parameters that are secrets in an address only. */
const QUERY_VALUE = /([?&][\w-]{0,40}(?:code|key|dsn)=)[^&\s"']+/gi;
const RESEND_KEY = /\bre_\w{8,}/g;
/** Matches names of fields whose value is a secret. */
const SECRET_NAME_PATTERN =
  /password|passwd|passphrase|secret|token|authorization|cookie|credential|api[-_]?key|otp|dsn$|^code$|^code_verifier$|^message_body$/i;
/** A list of hashed identifiers, which let nobody in: a log line names what was revoked by them. */
const HASHED_IDS_NAME = "token_ids";
const MAX_TEXT_CHARACTERS = 500;
/** Depth to which fields of log lines are searched. */
const MAX_DEPTH = 3;

/**
 * Hides the credentials that addresses, headers and queries in a text may carry. In an ambiguous URL everything before its
 * last `@` counts as credentials.
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
  // A web address may have an @ in its path, as npm's and Mastodon's do. When its port is no number, that part is a password.
  const isPlain = /^(https?|wss?):$/i.test(scheme ?? "") && !/:(?!\d*$)/.test(authority.replace(/\[.*\]/, ""));
  const at = (isPlain ? authority : rest).lastIndexOf("@");
  return at === -1 ? whole : `${scheme ?? ""}//${HIDDEN}${rest.slice(at)}`;
}

const knownNames = new Map<string, boolean>();

/** Tells from the name of a field or variable whether its value is a secret. */
function isSecretName(name: string): boolean {
  let known = knownNames.get(name);
  if (known === undefined) {
    known = name !== HASHED_IDS_NAME && SECRET_NAME_PATTERN.test(name);
    // Most names come from code. The limit bounds the memory for names that callers choose.
    if (knownNames.size < 1_000) knownNames.set(name, known);
  }
  return known;
}

/**
 * Hides secrets in the fields of a log line, three levels deep. It returns a copy, or the same object when it has no secret.
 * Numbers and booleans are never secrets. It leaves errors alone, because the logger's serializer describes them.
 */
export function hideSecretFields<T extends object>(fields: T, depth = 1): T {
  let copy: T | null = null;
  for (const key in fields) {
    const value: unknown = fields[key];
    const hidden = isSecret(key, value) ? HIDDEN : hideNestedSecrets(value, depth);
    if (hidden === value) continue;
    copy ??= (Array.isArray(fields) ? [...fields] : { ...fields }) as T;
    copy[key] = hidden as T[typeof key];
  }
  return copy ?? fields;
}

function isSecret(name: string, value: unknown): boolean {
  return (typeof value === "string" || (typeof value === "object" && value !== null)) && isSecretName(name);
}

function hideNestedSecrets(value: unknown, depth: number): unknown {
  if (typeof value === "string") return value.includes("//") ? hideSecrets(value) : value;
  if (typeof value !== "object" || value === null || value instanceof Error || depth >= MAX_DEPTH) return value;
  return hideSecretFields(value, depth + 1);
}

/** Masks a JSON value for administrators: it hides fields with a secret's name at any depth and cuts long texts. */
export function maskSecrets(value: unknown): unknown {
  if (typeof value === "string") {
    const text = hideSecrets(value);
    return text.length > MAX_TEXT_CHARACTERS ? `${text.slice(0, MAX_TEXT_CHARACTERS).toWellFormed()}…` : text;
  }
  if (Array.isArray(value)) return value.map(maskSecrets);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, isSecretName(name) ? HIDDEN : maskSecrets(inner)]),
  );
}
