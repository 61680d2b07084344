import { HIDDEN } from "@mgs/core/redact";

/**
 * Masks the signatures of a frame and the user data of a sign-in, for printing. A text that is no JSON object is described by
 * its length.
 */
export function maskFrame(text: string): string {
  const message = parse(text);
  if (message === undefined) return `${text.length} characters that are no JSON object`;
  if (!String(message.event).startsWith("pusher")) return text;
  const inner = typeof message.data === "string" ? parse(message.data) : undefined;
  if (inner !== undefined) return JSON.stringify({ ...message, data: JSON.stringify(maskFields(inner)) });
  if (!isObject(message.data)) return text;
  return JSON.stringify({ ...message, data: maskFields(message.data) });
}

function maskFields(data: Record<string, unknown>): Record<string, unknown> {
  const copy = { ...data };
  // The key stays: it is no secret, and shows which one signed.
  if (typeof copy.auth === "string") copy.auth = copy.auth.replace(/^([^:]*:)?.*$/s, `$1${HIDDEN}`);
  for (const name of ["user_data", "shared_secret", "token"]) if (name in copy) copy[name] = HIDDEN;
  return copy;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function parse(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
