import { AppError, ERROR_STATUS, type ErrorCode } from "@mgs/core/errors";
import type { Locale } from "@mgs/core/locale";
import type { Logger } from "@mgs/core/logger";
import { errorMessage, translateDetails } from "@mgs/i18n/translate";
import type { SendResult } from "@mgs/notifications/post-notification";
import type { FormResult } from "@mgs/shell/form-result";

type Failure = Extract<FormResult, { ok: false }>;

/** Turns a use case's AppError into a form's message. It logs any other error, and shows INTERNAL_ERROR. */
export function toFormFailure(error: unknown, locale: Locale, logger: Logger): Failure {
  const known = error instanceof AppError ? error : new AppError("INTERNAL_ERROR", { cause: error });
  if (known.status >= 500) logger.error({ err: error }, "form failed");
  return {
    ok: false,
    code: known.code,
    message: errorMessage(known.code, locale),
    ...(known.details ? { fieldErrors: translateDetails(known.details, locale) } : {}),
    ...(known.retryAfter === undefined ? {} : { retryAfter: known.retryAfter }),
  };
}

/** Turns administration's answer to the cross-app POST into a form's message; its texts are in the reader's language already. */
export function toSendFailure(result: Extract<SendResult, { ok: false }>, locale: Locale): Failure {
  const code = isErrorCode(result.code) ? result.code : "UNAVAILABLE";
  return {
    ok: false,
    code,
    message: result.status === 0 || !result.message ? errorMessage(code, locale) : result.message,
    ...(result.details.length > 0 ? { fieldErrors: result.details } : {}),
    ...(result.retryAfter === undefined ? {} : { retryAfter: result.retryAfter }),
  };
}

function isErrorCode(code: string): code is ErrorCode {
  return code in ERROR_STATUS;
}
