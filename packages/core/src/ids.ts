import { createHash, randomBytes } from "node:crypto";
import { randomPooled } from "./random";

/** Makes a UUID version 7 (RFC 9562 section 5.7). It sorts by creation time to the millisecond, so it can be a keyset cursor. */
export function uuidv7(now: number = Date.now()): string {
  return formatUuidv7(randomPooled(16), now);
}

/** Derives a UUID version 7 from a text: the same each time, and as unguessable as the text. @param at milliseconds since 1970 */
export function deriveUuidv7(text: string, at: number): string {
  return formatUuidv7(createHash("sha256").update(text).digest().subarray(0, 16), at);
}

function formatUuidv7(bytes: Buffer, at: number): string {
  bytes.writeUIntBE(at, 0, 6);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

export const UUID_PATTERN = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;

/** Generates an unguessable token for cookies and secrets: 256 bits, base64url. */
export function randomToken(): string {
  return randomBytes(32).toString("base64url");
}
