/** Field names whose values never reach a log, at any of the depths we log. */
const SECRET_FIELDS: ReadonlySet<string> = new Set([
  "authorization",
  "cookie",
  "password",
  "secret",
  "client_secret",
  "token",
  "access_token",
  "refresh_token",
  "id_token",
  "code",
  "code_verifier",
  "message_body",
]);
const DEEPEST = 3;

/**
 * A copy without the values of secret fields, three levels deep, or the very same where there are none. Errors are left
 * as they are: how they are logged is decided elsewhere.
 */
export function hideSecretFields<T extends object>(fields: T, depth = 1): T {
  let copy: T | null = null;
  for (const key in fields) {
    const value: unknown = fields[key];
    const hidden = SECRET_FIELDS.has(key) && value !== undefined ? "[hidden]" : hideWithin(value, depth);
    if (hidden === value) continue;
    copy ??= (Array.isArray(fields) ? [...fields] : { ...fields }) as T;
    copy[key] = hidden as T[typeof key];
  }
  return copy ?? fields;
}

function hideWithin(value: unknown, depth: number): unknown {
  if (typeof value !== "object" || value === null || value instanceof Error || depth >= DEEPEST) return value;
  return hideSecretFields(value, depth + 1);
}
