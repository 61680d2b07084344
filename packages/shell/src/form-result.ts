import type { ErrorDetail } from "@mgs/core/errors";

/** The answer of a server action to its form. Its texts are in the reader's language. */
export type FormResult<T = null> =
  | { ok: true; data: T }
  | {
      ok: false;
      /** An `ErrorCode` of the API. */
      code: string;
      message: string;
      fieldErrors?: readonly ErrorDetail[];
      /** Seconds until a new attempt makes sense. */
      retryAfter?: number;
    };
