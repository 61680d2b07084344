import { array, object, string } from "@mgs/core/shape";
import { person } from "./search-users";
import type { SendValues } from "./send-values";

/** What the send form keeps: its values, and for each content the key by which a repeated send counts once. */
export type SendDraft = { values: SendValues; keys: readonly (readonly [string, string])[] };

const values = object({ recipients: array(person), type: string, titre: string, message: string, url: string });
const keys = array(array(string));
const draft = object({ values, keys });

/** A stored draft; null when an earlier release stored something else. */
export function parseSendDraft(stored: unknown): SendDraft | null {
  if (!draft(stored)) return null;
  return { values: stored.values, keys: stored.keys.map(([content = "", key = ""]) => [content, key] as const) };
}
