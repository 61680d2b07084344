/** The outcome of an action, in the reader's language; a refusal has its `ErrorCode`. */
export type ActionResult = { ok: boolean; message: string; code?: string };
