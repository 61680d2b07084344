import { array, object, string } from "@mgs/core/shape";
import { person } from "./search-users";
import type { SendValues } from "./send-values";

/** The draft of the send form: its values, and the idempotency key of each content, so that a repeated send counts once. */
export type SendDraft = { values: SendValues; keys: readonly (readonly [string, string])[] };

const values = object({ recipients: array(person), type: string, titre: string, message: string, url: string });
const keys = array(array(string));
const draft = object({ values, keys });

/** Reads a stored draft; null when an earlier release has stored another shape. */
export function parseSendDraft(stored: unknown): SendDraft | null {
  if (!draft(stored)) return null;
  return { values: stored.values, keys: stored.keys.map(([content = "", key = ""]) => [content, key] as const) };
}
