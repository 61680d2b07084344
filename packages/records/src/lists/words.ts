/** The words of a text as the database's functions of words have them (`people_words`): small letters without accents. */
export function foldWords(text: string): string[] {
  return text
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .toLowerCase()
    .replaceAll("œ", "oe")
    .replaceAll("æ", "ae")
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "");
}

const MAX_WORDS = 6;

/** A `tsquery` for texts that have a word with each of these beginnings; null without words. */
export function toWordQuery(search: string): string | null {
  const words = foldWords(search).slice(0, MAX_WORDS);
  return words.length === 0 ? null : words.map((word) => `${word}:*`).join(" & ");
}
