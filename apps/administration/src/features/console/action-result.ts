/** What became of an action, in the reader's language. */
export type ActionResult = { ok: boolean; message: string };
