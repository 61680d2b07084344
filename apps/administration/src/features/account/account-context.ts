import { ERROR_STATUS, type ErrorCode } from "@mgs/core/errors";
import type { Locale } from "@mgs/core/locale";
import { messagesFor } from "@mgs/i18n/catalogue";
import { errorMessage, translateDetails } from "@mgs/i18n/translate";
import { createTranslator } from "@mgs/i18n/translator";
import { currentLocale } from "@mgs/portal/current-locale";
import { currentSession } from "../../portal";

export type PageQuery = Readonly<Record<string, string | string[] | undefined>>;

/** A parameter that stands once in the query; else nothing. */
export const single = (value: string | string[] | undefined): string => (typeof value === "string" ? value : "");

/** Texts of the account pages, in the visitor's language. */
export async function accountTexts() {
  const locale = await currentLocale(currentSession);
  return { locale, t: createTranslator(locale, messagesFor(locale), "account") };
}

/** What a form's last post was refused with: an error of a field, or of the whole. Anybody can write these codes, and only known ones are shown. */
export function readRefusal(query: PageQuery, locale: Locale): { message: string; field: string | null } | null {
  const code = single(query.error);
  if (!isErrorCode(code)) return null;
  const motif = single(query.motif);
  const [detail] = /^[A-Z_]{1,40}$/.test(motif) ? translateDetails([{ path: "password", message: motif }], locale) : [];
  return { message: errorMessage(code, locale), field: code === "VALIDATION_ERROR" ? (detail?.message ?? null) : null };
}

function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(ERROR_STATUS, code);
}
