import { findTextProblem, findUrlProblem, MAX_CHARACTERS, TYPE_PATTERN } from "@mgs/notifications/contract/rules";
import type { SendInput } from "@mgs/notifications/contract/schemas";
import type { Person } from "./search-users";

/** Below one person's limit per minute, so that the API does not refuse the last recipients. */
export const MAX_RECIPIENTS = 50;

/** The form's values while it is filled in. */
export type SendValues = { recipients: readonly Person[]; type: string; titre: string; message: string; url: string };

export type SendField = keyof SendValues;

/** The form's field for each field of the API. */
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

/** Validation codes, each with its text in the catalogue. */
export type SendProblem = "REQUIRED" | "TOO_LONG" | "INVALID_TEXT" | "INVALID_ID" | "INVALID_TYPE" | "INVALID_URL";

export type SendCheck =
  | { ok: true; sends: { person: Person; input: SendInput }[] }
  | { ok: false; problems: Partial<Record<SendField, SendProblem>> };

/** Checks the values by the API's rules, and makes one send for each recipient; problems are validation codes. */
export function checkSend(values: SendValues): SendCheck {
  const [type, url] = [values.type.trim(), values.url.trim()];
  const found: [SendField, SendProblem | false | undefined][] = [
    ["recipients", values.recipients.length === 0 && "INVALID_ID"],
    ["type", !TYPE_PATTERN.test(type) && "INVALID_TYPE"],
    ["titre", findTextProblem(values.titre, MAX_CHARACTERS.titre)],
    ["message", findTextProblem(values.message, MAX_CHARACTERS.message)],
    ["url", url !== "" && findUrlProblem(url)],
  ];
  const problems: Partial<Record<SendField, SendProblem>> = {};
  for (const [field, problem] of found) if (problem) problems[field] = problem;
  if (Object.keys(problems).length > 0) return { ok: false, problems };
  const content = { type, titre: values.titre, message: values.message, ...(url === "" ? {} : { url }) };
  return {
    ok: true,
    sends: values.recipients.map((person) => ({ person, input: { user_id: person.id, ...content } })),
  };
}
