/** What became of an action, in the reader's language; a refusal with its `ErrorCode`. */
export type ActionResult = { ok: boolean; message: string; code?: string };
