/** Shorter parts of a name (`de`, `Ra`) are part of many passwords. */
const MIN_PART_CHARACTERS = 4;
/** What may stand beside a person's own words for the whole to be one that others try first: a year, a birthday, a few signs. */
const MAX_OTHER_CHARACTERS = 8;

/**
 * Tells whether a password is the person's name or address, or little else: in whatever order, case and writing, with digits for
 * letters, or backwards.
 * @param password in its normal form
 */
export function isPersonalPassword(password: string, person: { name: string; email: string }): boolean {
  const [local = "", domain = ""] = person.email.split("@");
  const words = [...person.name.split(/[^\p{L}\p{N}]+/u), ...local.split(/[^\p{L}\p{N}]+/u), ...domain.split(".")]
    .map(fold)
    .filter((word) => word.length >= MIN_PART_CHARACTERS);
  const wholes = [person.name, local, person.email].map(fold).filter((word) => word.length >= MIN_PART_CHARACTERS);
  const parts = [...new Set([...wholes, ...words])].sort((a, b) => b.length - a.length);
  const text = fold(password);
  return [text, [...text].reverse().join(""), fold(readDigits(password))].some((form) => isMadeOf(form, parts));
}

function isMadeOf(text: string, parts: readonly string[]): boolean {
  let rest = text;
  for (const part of parts) rest = rest.replaceAll(part, "");
  return rest.length < text.length && rest.length <= MAX_OTHER_CHARACTERS;
}

/** Letters and digits alone, without case and accents. */
const fold = (text: string): string =>
  text
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, "");

const LETTERS: Readonly<Record<string, string>> = {
  "0": "o",
  "1": "i",
  "3": "e",
  "4": "a",
  "5": "s",
  "7": "t",
  "@": "a",
  $: "s",
};
const readDigits = (text: string): string =>
  text.replaceAll(/[013457@$]/g, (character) => LETTERS[character] ?? character);
