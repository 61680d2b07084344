/** Returns the writing direction of a language, for `<html dir>`. French and English both run left to right. */
export function directionOf(_locale: string): "ltr" | "rtl" {
  return "ltr";
}
