/** HTTP status of every error code; the codes themselves are the API's vocabulary. */
export const ERROR_STATUS = {
  BAD_REQUEST: 400,
  INVALID_JSON: 400,
  UNAUTHENTICATED: 401,
  INVALID_CREDENTIALS: 401,
  SESSION_ENDED: 401,
  INVALID_CODE: 401,
  PASSKEY_REFUSED: 401,
  SIGN_IN_EXPIRED: 401,
  FORBIDDEN: 403,
  ORIGIN_REFUSED: 403,
  INSUFFICIENT_SCOPE: 403,
  PORTAL_REFUSED: 403,
  PROOF_REQUIRED: 403,
  IMPERSONATION_REFUSED: 403,
  NOT_PARTICIPANT: 403,
  NOT_FOUND: 404,
  USER_NOT_FOUND: 404,
  CLIENT_NOT_FOUND: 404,
  ROLE_NOT_FOUND: 404,
  NOTIFICATION_NOT_FOUND: 404,
  INTERACTION_NOT_FOUND: 404,
  DOSSIER_NOT_FOUND: 404,
  SESSION_NOT_FOUND: 404,
  SUBJECT_NOT_FOUND: 404,
  COMMENT_NOT_FOUND: 404,
  DOCUMENT_NOT_FOUND: 404,
  CONVERSATION_NOT_FOUND: 404,
  MESSAGE_NOT_FOUND: 404,
  METHOD_NOT_ALLOWED: 405,
  LINK_INVALID: 410,
  DOCUMENT_GONE: 410,
  IDEMPOTENCY_CONFLICT: 409,
  CONFLICT: 409,
  PORTAL_CLIENT: 409,
  LAST_ADMINISTRATOR: 409,
  EDIT_CONFLICT: 409,
  ROLE_IN_USE: 409,
  ROLE_FIXED: 409,
  HAND_OVER_REFUSED: 409,
  NOT_IMPERSONABLE: 409,
  IMPERSONATION_RUNNING: 409,
  IMPORT_REFUSED: 409,
  IMPORT_OUTDATED: 409,
  ENROLMENT_EXPIRED: 409,
  SECOND_FACTOR_REQUIRED: 409,
  STEP_REFUSED: 409,
  ABSENCE_LOOP: 409,
  DOCUMENT_NOT_READY: 409,
  ABSENCE_OVERLAP: 409,
  CHANGE_TOO_LATE: 409,
  PAYLOAD_TOO_LARGE: 413,
  UNSUPPORTED_MEDIA_TYPE: 415,
  VALIDATION_ERROR: 422,
  DOCUMENT_REFUSED: 422,
  RATE_LIMITED: 429,
  TOO_MANY_ATTEMPTS: 429,
  INTERNAL_ERROR: 500,
  REALTIME_REFUSED: 502,
  REALTIME_AWAY: 503,
  UNAVAILABLE: 503,
  MAINTENANCE: 503,
} as const;

export type ErrorCode = keyof typeof ERROR_STATUS;

/** The error of one field; `message` is a validation code until the HTTP layer translates it. */
export type ErrorDetail = { path: string; message: string };

type AppErrorOptions = {
  details?: readonly ErrorDetail[];
  /** Seconds until another attempt may succeed: the `Retry-After` of the answer. */
  retryAfter?: number;
  /** Scope that the token lacks: the `scope` of the challenge (RFC 6750 section 3). */
  scope?: string;
  /** What a client needs to go on from a refusal, such as both values of a conflict: `error.data` of the answer. */
  data?: Readonly<Record<string, unknown>>;
  cause?: unknown;
};

/** Every copy of this module in a process has the same symbol. */
const BRAND = Symbol.for("mgs.AppError");

/** The error that use cases throw on purpose. Its message is for logs; people read the catalogue's text for `code`. */
export class AppError extends Error {
  override readonly name = "AppError";
  readonly [BRAND] = true;
  readonly code: ErrorCode;
  readonly details: readonly ErrorDetail[] | undefined;
  readonly retryAfter: number | undefined;
  readonly scope: string | undefined;
  readonly data: Readonly<Record<string, unknown>> | undefined;

  constructor(code: ErrorCode, options: AppErrorOptions = {}) {
    super(code, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.details = options.details;
    this.retryAfter = options.retryAfter;
    this.scope = options.scope;
    this.data = options.data;
  }

  /**
   * Recognizes errors of other copies of this class: Next bundles each route by itself, so one process may run several copies,
   * and one may catch what another threw.
   */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === "object" && value !== null && BRAND in value;
  }

  get status(): number {
    return ERROR_STATUS[this.code];
  }
}
