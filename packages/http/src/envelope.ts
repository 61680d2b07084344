import type { AppError } from "@mgs/core/errors";
import type { Locale } from "@mgs/core/locale";
import { errorMessage, translateDetails } from "@mgs/i18n/translate";

type Success = {
  /** Default: 200. */
  status?: number;
  message?: string;
  /** Fields beside `data` at the top level, for older clients. */
  extra?: Record<string, unknown>;
  headers?: Record<string, string>;
};

/** Makes the answer `{ success: true, data, message? }`, which is never cached. */
export function ok(data: unknown, { status = 200, message, extra, headers }: Success = {}): Response {
  return Response.json(
    { success: true, data, ...(message === undefined ? {} : { message }), ...extra },
    { status, headers: { "cache-control": "no-store", ...headers } },
  );
}

type Failure = {
  /** True when the call had an `Authorization` header, so that a 401 names the token as the reason (RFC 6750 section 3). */
  tokenGiven?: boolean;
  /** Fields beside `error` at the top level. */
  extra?: Record<string, unknown>;
  headers?: Record<string, string>;
};

/** Makes the answer `{ success: false, error: { code, message, details?, data? } }` in the caller's language, which is never cached. */
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
        ...(error.data === undefined ? {} : { data: error.data }),
      },
      ...extra,
    },
    { status: error.status, headers },
  );
}

/** Makes the challenge that every 401 needs (RFC 9110 section 15.5.2), as RFC 6750 section 3.1 defines it. */
function bearerChallenge(error: AppError, tokenGiven: boolean): string | null {
  if (error.status === 401) return tokenGiven ? 'Bearer realm="mgs", error="invalid_token"' : 'Bearer realm="mgs"';
  if (error.code === "INSUFFICIENT_SCOPE") {
    const needed = error.scope === undefined ? "" : `, scope="${error.scope}"`;
    return `Bearer realm="mgs", error="insufficient_scope"${needed}`;
  }
  return null;
}
