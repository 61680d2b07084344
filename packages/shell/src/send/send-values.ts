import { type SendInput, sendInput } from "@mgs/notifications/contract/schemas";
import type { Person } from "./search-users";

/** More than a minute's limit of one person would only be refused in the middle. */
export const MOST_RECIPIENTS = 50;

/** What the form holds while it is filled in. */
export type SendValues = { recipients: readonly Person[]; type: string; titre: string; message: string; url: string };

export type SendField = keyof SendValues;

/** The API's names of fields, as the form's. */
const FIELD_OF: Record<string, SendField> = {
  user_id: "recipients",
  type: "type",
  titre: "titre",
  message: "message",
  url: "url",
};

export function fieldOf(path: string): SendField | undefined {
  return FIELD_OF[path];
}

export type SendCheck =
  | { ok: true; sends: { person: Person; input: SendInput }[] }
  | { ok: false; problems: Partial<Record<SendField, string>> };

/** Checks with the API's own schema, one send for each recipient; problems are validation codes. */
export function checkSend(values: SendValues): SendCheck {
  const url = values.url.trim();
  const inputFor = (id: number): SendInput => ({
    user_id: id,
    type: values.type.trim(),
    titre: values.titre,
    message: values.message,
    ...(url === "" ? {} : { url }),
  });
  const result = sendInput.safeParse(inputFor(values.recipients[0]?.id ?? 0));
  if (result.success) {
    return { ok: true, sends: values.recipients.map((person) => ({ person, input: inputFor(person.id) })) };
  }
  const problems: Partial<Record<SendField, string>> = {};
  for (const { path, message } of result.error.issues) {
    const field = fieldOf(String(path[0]));
    if (field) problems[field] ??= message;
  }
  return { ok: false, problems };
}
