import { createHmac, timingSafeEqual } from "node:crypto";
import type { AppKey } from "../apps";

/** HMAC SHA-256, hexadecimal in lower case: the only signature of the protocol. */
export function sign(secret: string, text: string): string {
  return createHmac("sha256", secret).update(text).digest("hex");
}

/**
 * Compares a signature with the expected one in constant time. A text with half a surrogate pair is refused: UTF-8 has no
 * bytes for the half, so that the text would share its signature with other texts.
 */
export function isSignature(given: string, secret: string, text: string): boolean {
  if (!text.isWellFormed()) return false;
  const expected = Buffer.from(sign(secret, text));
  const actual = Buffer.from(given);
  return actual.length === expected.length && timingSafeEqual(actual, expected);
}

/** Checks an `auth` of the form `key:signature` against the keys of an app. */
export function isAuthToken(auth: string, keys: readonly AppKey[], text: string): boolean {
  const separator = auth.indexOf(":");
  if (separator < 0) return false;
  const key = keys.find((candidate) => candidate.key === auth.slice(0, separator));
  return key !== undefined && isSignature(auth.slice(separator + 1), key.secret, text);
}
