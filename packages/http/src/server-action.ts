import { AppError } from "@mgs/core/errors";
import { readBytes } from "./body";
import { checkOrigin } from "./origin";

/** Header by which the framework's scripts name the server action that a POST calls. */
export const ACTION_HEADER = "next-action";

/** Matches the id of an action, which the framework's build derives from a hash. */
const ACTION_ID_PATTERN = /^[0-9a-f]{42}$/;

/** Larger than the longest form of a page. */
const MAX_BODY_BYTES = 256 * 1024;

/** No form of ours nests its JSON deeper. */
const MAX_DEPTH = 20;

/**
 * Matches texts with `$` that our actions accept: React's reply format for values that JSON lacks. Its references to parts,
 * functions and streams are refused.
 */
const PLAIN_VALUE_PATTERN = /^\$(?:\$|undefined$|NaN$|Infinity$|-Infinity$|-0$|n-?\d+$|D\d{4}-)/;

/**
 * Refuses a call of a server action that none of our pages can have made. The framework itself compares Origin with a header
 * that a visitor can write, and answers a malformed call with a 500 and a stack trace.
 * @param ownOrigin the app's public origin
 * @throws AppError ORIGIN_REFUSED, METHOD_NOT_ALLOWED, NOT_FOUND (a malformed id), UNSUPPORTED_MEDIA_TYPE (other than plain
 * arguments), PAYLOAD_TOO_LARGE, INVALID_JSON
 */
export async function checkServerAction(request: Request, ownOrigin: string): Promise<void> {
  if (request.method !== "POST") throw new AppError("METHOD_NOT_ALLOWED");
  checkOrigin(request.headers, ownOrigin);
  if (!ACTION_ID_PATTERN.test(request.headers.get(ACTION_HEADER) ?? "")) throw new AppError("NOT_FOUND");
  const [type, ...parameters] = (request.headers.get("content-type") ?? "").toLowerCase().split(";");
  const isUtf8 = parameters.every((parameter) => /^\s*(?:charset="?utf-?8"?)?\s*$/.test(parameter));
  const encoding = request.headers.get("content-encoding") ?? "identity";
  if (type?.trim() !== "text/plain" || !isUtf8 || encoding.toLowerCase() !== "identity") {
    throw new AppError("UNSUPPORTED_MEDIA_TYPE");
  }
  if (!isArguments(await readBytes(request, MAX_BODY_BYTES))) throw new AppError("INVALID_JSON");
}

function isArguments(bytes: Uint8Array): boolean {
  try {
    const value: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    return Array.isArray(value) && isPlain(value, 0);
  } catch {
    return false;
  }
}

function isPlain(value: unknown, depth: number): boolean {
  if (typeof value === "string") return !value.startsWith("$") || PLAIN_VALUE_PATTERN.test(value);
  if (typeof value !== "object" || value === null) return true;
  if (depth > MAX_DEPTH || Object.hasOwn(value, "__proto__")) return false;
  return Object.values(value).every((inner) => isPlain(inner, depth + 1));
}
