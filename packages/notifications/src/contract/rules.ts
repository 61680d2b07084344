import { isBlank } from "@mgs/core/blank";

/** Rules of a notification's fields that servers (`schemas.ts`) and forms share. Lengths are characters. */
export const LIMITS = { titre: 200, message: 5_000, type: 64, url: 2_048, bodyBytes: 64 * 1024 } as const;

export const INBOX_FILTERS = ["all", "unread", "archived"] as const;
export type InboxFilter = (typeof INBOX_FILTERS)[number];

export const TYPE_PATTERN = /^[a-z0-9_.-]{1,64}$/;

/** PostgreSQL and JSON can both hold it. */
export const isStorable = (text: string): boolean => !text.includes("\u0000") && text.isWellFormed();
export const countCharacters = (text: string): number => Array.from(text).length;

/** What is wrong with a text of 1 to `max` characters that has a visible one (`isBlank`): a validation code. */
export function textProblem(text: string, max: number): "INVALID_TEXT" | "REQUIRED" | "TOO_LONG" | undefined {
  if (!isStorable(text)) return "INVALID_TEXT";
  if (isBlank(text)) return "REQUIRED";
  return countCharacters(text) > max ? "TOO_LONG" : undefined;
}

/**
 * An http(s) address, or a path of the sending portal. Refused: other schemes, `//host`, what a browser reads as one of
 * these after it has dropped control characters or turned `\` into `/`, and `https://portal@evil`, which only looks right.
 */
export function isAcceptableUrl(value: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: browsers drop these characters before they read a URL
  if (/[\u0000-\u0020\u007f-\u00a0\\]/.test(value)) return false;
  if (value.startsWith("/")) return !value.startsWith("//");
  if (!/^https?:\/\/[^/?#@]+(?:[/?#]|$)/i.test(value) || !URL.canParse(value)) return false;
  const { username, password } = new URL(value);
  return username === "" && password === "";
}

/** What is wrong with an address. */
export function urlProblem(url: string): "INVALID_TEXT" | "TOO_LONG" | "INVALID_URL" | undefined {
  if (!isStorable(url)) return "INVALID_TEXT";
  if (countCharacters(url) > LIMITS.url) return "TOO_LONG";
  return isAcceptableUrl(url) ? undefined : "INVALID_URL";
}
