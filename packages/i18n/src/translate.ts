import type { ErrorCode, ErrorDetail } from "@mgs/core/errors";
import type { Locale } from "@mgs/core/locale";
import { messagesFor } from "./catalogue";

/** Returns the catalogue's text for an error code. */
export function errorMessage(code: ErrorCode, locale: Locale): string {
  return messagesFor(locale).errors[code];
}

/** Returns the catalogue's text for a validation code; a code without a text becomes "incorrect value". */
export function validationMessage(code: string, locale: Locale): string {
  const texts: Record<string, string> = messagesFor(locale).validation;
  return texts[code] ?? messagesFor(locale).validation.INVALID_VALUE;
}

export function translateDetails(details: readonly ErrorDetail[], locale: Locale): ErrorDetail[] {
  return details.map(({ path, message }) => ({ path, message: validationMessage(message, locale) }));
}
