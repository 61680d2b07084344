import { HIDDEN } from "@mgs/core/redact";

/**
 * A frame as it may be printed: signatures and what users said of themselves at sign-in are masked, all else is as it
 * was. What is no JSON is told by its length alone.
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
  // The key is no secret, and tells which one was used.
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
