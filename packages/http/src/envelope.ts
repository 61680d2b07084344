import type { AppError } from "@mgs/core/errors";
import type { Locale } from "@mgs/core/locale";
import { errorMessage, translateDetails } from "@mgs/i18n/translate";

type Success = {
  /** 200 when not given. */
  status?: number;
  message?: string;
  /** Fields beside `data` at the top level, where older clients read them. */
  extra?: Record<string, unknown>;
  headers?: Record<string, string>;
};

/** `{ success: true, data, message? }`, never cached. */
export function ok(data: unknown, { status = 200, message, extra, headers }: Success = {}): Response {
  return Response.json(
    { success: true, data, ...(message === undefined ? {} : { message }), ...extra },
    { status, headers: { "cache-control": "no-store", ...headers } },
  );
}

type Failure = {
  /** The call carried an `Authorization` header, so a 401 names the token as the reason (RFC 6750 section 3). */
  tokenGiven?: boolean;
  /** Fields beside `error` at the top level. */
  extra?: Record<string, unknown>;
  headers?: Record<string, string>;
};

/** `{ success: false, error: { code, message, details? } }` in the caller's language, never cached. */
export function fail(
  error: AppError,
  locale: Locale,
  requestId: string,
  { tokenGiven = false, extra = {}, headers: more = {} }: Failure = {},
): Response {
  const headers = new Headers({ "cache-control": "no-store", "x-request-id": requestId, ...more });
  if (error.retryAfter !== undefined) headers.set("retry-after", String(Math.max(1, Math.ceil(error.retryAfter))));
  const challenge = bearerChallenge(error, tokenGiven);
  if (challenge) headers.set("www-authenticate", challenge);
  return Response.json(
    {
      success: false,
      error: {
        code: error.code,
        message: errorMessage(error.code, locale),
        ...(error.details === undefined ? {} : { details: translateDetails(error.details, locale) }),
      },
      ...extra,
    },
    { status: error.status, headers },
  );
}

/** RFC 9110 section 15.5.2 asks every 401 for a challenge; RFC 6750 section 3.1 says what it holds. */
function bearerChallenge(error: AppError, tokenGiven: boolean): string | null {
  if (error.status === 401) return tokenGiven ? 'Bearer realm="mgs", error="invalid_token"' : 'Bearer realm="mgs"';
  if (error.code === "INSUFFICIENT_SCOPE") {
    const needed = error.scope === undefined ? "" : `, scope="${error.scope}"`;
    return `Bearer realm="mgs", error="insufficient_scope"${needed}`;
  }
  return null;
}
