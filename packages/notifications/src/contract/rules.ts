import { isBlank } from "@mgs/core/blank";

/** Longest values of a notification's fields, for servers (`schemas.ts`) and forms alike. */
export const MAX_CHARACTERS = { titre: 200, message: 5_000, type: 64, url: 2_048 } as const;
export const MAX_BODY_BYTES = 64 * 1024;

export const INBOX_FILTERS = ["all", "unread", "archived"] as const;
export type InboxFilter = (typeof INBOX_FILTERS)[number];

export const TYPE_PATTERN = /^[a-z0-9_.-]{1,64}$/;

/** Whether PostgreSQL and JSON can both hold a text. */
export const isStorable = (text: string): boolean => !text.includes("\u0000") && text.isWellFormed();
export const countCharacters = (text: string): number => Array.from(text).length;

/** Finds the validation code of a text that should have 1 to `maxCharacters` characters, one of them visible (`isBlank`). */
export function findTextProblem(
  text: string,
  maxCharacters: number,
): "INVALID_TEXT" | "REQUIRED" | "TOO_LONG" | undefined {
  if (!isStorable(text)) return "INVALID_TEXT";
  if (isBlank(text)) return "REQUIRED";
  return countCharacters(text) > maxCharacters ? "TOO_LONG" : undefined;
}

/**
 * Whether an address is an http(s) address or a path of the sending portal. It refuses other schemes, `//host`, an address
 * that a browser reads as one of these after it has dropped control characters or turned `\` into `/`, and
 * `https://portal@evil`, which reads like an address of the portal.
 */
export function isAcceptableUrl(value: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: browsers drop these characters before they read a URL
  if (/[\u0000-\u0020\u007f-\u00a0\\]/.test(value)) return false;
  if (value.startsWith("/")) return !value.startsWith("//");
  if (!/^https?:\/\/[^/?#@]+(?:[/?#]|$)/i.test(value) || !URL.canParse(value)) return false;
  const { username, password } = new URL(value);
  return username === "" && password === "";
}

/** Finds the validation code of an address. */
export function findUrlProblem(url: string): "INVALID_TEXT" | "TOO_LONG" | "INVALID_URL" | undefined {
  if (!isStorable(url)) return "INVALID_TEXT";
  if (countCharacters(url) > MAX_CHARACTERS.url) return "TOO_LONG";
  return isAcceptableUrl(url) ? undefined : "INVALID_URL";
}
