import { isStorableText } from "@mgs/core/text";
import { z } from "zod";
import type { Cursor, KeyType } from "./list";

/** A cursor is opaque to callers; this many characters hold the longest value that a list sorts by. */
const MAX_CURSOR_CHARACTERS = 4_000;

const PATTERNS: Readonly<Record<KeyType, RegExp>> = {
  text: /^/,
  integer: /^-?\d{1,9}$|^1\d{9}$|^2(?:0\d{8}|1[0-3]\d{7}|14[0-6]\d{6})$/,
  bigint: /^-?\d{1,18}$/,
  timestamptz: /^-?\d{4,6}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,6})?[+-]\d\d(?::\d\d)?$|^-?infinity$/,
  date: /^\d{4,6}-\d\d-\d\d$|^-?infinity$/,
  uuid: /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/,
};

/** Whether PostgreSQL can read a value as that type. What a caller made up may still be no value of the list: then its page is another. */
export function isCursorOf(cursor: Cursor, value: KeyType, id: KeyType): boolean {
  return PATTERNS[value].test(cursor[0]) && PATTERNS[id].test(cursor[1]);
}

/** Schema of a cursor in a query: what `writeCursor` has written. Its error: INVALID_CURSOR. */
export const cursorSchema = z
  .string()
  .max(MAX_CURSOR_CHARACTERS, { error: "INVALID_CURSOR" })
  .transform((text, context): Cursor => {
    try {
      return z.tuple([z.string(), z.string()]).parse(JSON.parse(Buffer.from(text, "base64url").toString()));
    } catch {
      context.addIssue({ code: "custom", message: "INVALID_CURSOR" });
      return z.NEVER;
    }
  })
  .refine((cursor) => cursor.every(isStorableText), { error: "INVALID_CURSOR" });

export function writeCursor([value, id]: Cursor): string {
  return Buffer.from(JSON.stringify([value, id])).toString("base64url");
}
