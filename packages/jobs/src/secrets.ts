const HIDDEN = "[hidden]";
/** Names of fields that would let somebody in. */
const SECRET_NAME = /password|passwd|secret|token|authorization|cookie|credential|api[-_]?key|otp/i;
const LONGEST_TEXT = 500;

/** A text without the credentials that an address or a header in it may carry. */
export function hideSecrets(text: string): string {
  return text
    .replace(/\/\/[^\s/@]*@/g, `//${HIDDEN}@`)
    .replace(/\b(Bearer|Basic)\s+\S+/gi, `$1 ${HIDDEN}`)
    .replace(/([?&](?:[\w-]*(?:token|secret|password|code|key))=)[^&\s"']+/gi, `$1${HIDDEN}`);
}

/** A JSON value as an administrator may see it: fields named like secrets are hidden, long texts are cut. */
export function maskSecrets(value: unknown): unknown {
  if (typeof value === "string") {
    const text = hideSecrets(value);
    return text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT).toWellFormed()}…` : text;
  }
  if (Array.isArray(value)) return value.map(maskSecrets);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, SECRET_NAME.test(name) ? HIDDEN : maskSecrets(inner)]),
  );
}
