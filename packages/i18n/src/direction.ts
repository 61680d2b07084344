/** Writing direction of a language, for `<html dir>`. Both of today's languages run left to right. */
export function directionOf(_locale: string): "ltr" | "rtl" {
  return "ltr";
}
